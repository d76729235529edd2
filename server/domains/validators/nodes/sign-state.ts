/** The rule: height, then round, then step, as CometBFT orders them (privval/file.go CheckHRS, v0.38); a watermark never goes down. */
export type Watermark = { readonly height: bigint; readonly round: number; readonly step: number };

/** Negative when `a` is before `b`, zero when equal, positive when after. */
export function compareWatermarks(a: Watermark, b: Watermark): number {
  if (a.height !== b.height) return a.height < b.height ? -1 : 1;
  if (a.round !== b.round) return a.round - b.round;
  return a.step - b.step;
}

/** The higher of the two; unknown gives way to known. */
export function raiseWatermark(kept: Watermark | null, seen: Watermark | null): Watermark | null {
  if (kept === null) return seen;
  if (seen === null) return kept;
  return compareWatermarks(seen, kept) > 0 ? seen : kept;
}

/** Why a volume with this sign state must not be started; null when it may. */
export function refuseToStart(kept: Watermark | null, found: Watermark | null): "missing" | "lower" | null {
  if (kept === null) return null;
  if (found === null) return kept.height > 0n ? "missing" : null;
  return compareWatermarks(found, kept) < 0 ? "lower" : null;
}
