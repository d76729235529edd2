/** A part of a whole in percent, cut to two digits; of nothing it is 0. */
export const sharePercent = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number((part * 10_000n) / whole) / 100;
