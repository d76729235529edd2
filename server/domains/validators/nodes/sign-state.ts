/** The rule: height, then round, then step, as CometBFT orders them (privval/file.go CheckHRS, v0.38); a watermark never goes down. */
export type Watermark = { readonly height: bigint; readonly round: number; readonly step: number };

/** Negative when `a` is before `b`, zero when equal, positive when after. */
export function compareWatermarks(a: Watermark, b: Watermark): number {
  if (a.height !== b.height) return a.height < b.height ? -1 : 1;
  if (a.round !== b.round) return a.round - b.round;
  return a.step - b.step;
}

/** A validator votes for the block after the tip; endpoints that told us the tip may be some blocks behind it. */
const AHEAD_OF_TIP_BLOCKS = 10n;

/** Whether no honest signer of this chain can have got so far. */
const isAhead = ({ height }: Watermark, tipHeightBlocks: bigint): boolean =>
  height > tipHeightBlocks + AHEAD_OF_TIP_BLOCKS;

/** The higher of the two; unknown gives way to known. */
export function higherWatermark(kept: Watermark | null, seen: Watermark | null): Watermark | null {
  if (kept === null) return seen;
  if (seen === null) return kept;
  return compareWatermarks(seen, kept) > 0 ? seen : kept;
}

/**
 * The higher of the two, where the new one can be true. What is above the tip raises nothing, and neither does what cannot be held against a tip: a
 * watermark never goes down, so a wrong one would keep the validator from signing for ever.
 */
export function raiseWatermark(
  kept: Watermark | null,
  seen: Watermark | null,
  tipHeightBlocks: bigint | null,
): Watermark | null {
  if (seen === null || tipHeightBlocks === null || isAhead(seen, tipHeightBlocks)) return kept;
  return higherWatermark(kept, seen);
}

/** Why a volume with this sign state must not be started; null when it may. A tip that nobody tells bounds nothing: a chain that stands still needs its nodes. */
export function refuseToStart(
  kept: Watermark | null,
  found: Watermark | null,
  tipHeightBlocks: bigint | null,
): "missing" | "lower" | "ahead" | null {
  if (found !== null && tipHeightBlocks !== null && isAhead(found, tipHeightBlocks)) return "ahead";
  if (kept === null) return null;
  if (found === null) return kept.height > 0n ? "missing" : null;
  return compareWatermarks(found, kept) < 0 ? "lower" : null;
}
