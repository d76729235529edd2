/** The part of CometBFT's `priv_validator_state.json` that orders signatures (privval/file.go, v0.38: FilePVLastSignState). */
export type SignWatermark = { readonly height: string; readonly round: number; readonly step: number };

const MAX_INT64 = 9_223_372_036_854_775_807n;
const MAX_INT32 = 2_147_483_647;
/** 0 nothing, 1 propose, 2 prevote, 3 precommit. */
const MAX_STEP = 3;

function isBoundedInteger(value: unknown, max: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
}

/** Reads the file's text; null when it is truncated, not JSON, or holds a height, round or step that CometBFT would not have written. */
export function parseSignState(text: string): SignWatermark | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof raw !== "object" || raw === null) return null;
  const { height, round, step } = raw as Record<string, unknown>;
  if (typeof height !== "string" || !/^(0|[1-9]\d{0,18})$/.test(height) || BigInt(height) > MAX_INT64) return null;
  if (!isBoundedInteger(round, MAX_INT32) || !isBoundedInteger(step, MAX_STEP)) return null;
  return { height, round, step };
}

/** Orders by height, then round, then step, as CheckHRS does; below 0 when `left` is the earlier one. */
export function compareSignStates(left: SignWatermark, right: SignWatermark): number {
  const leftHeight = BigInt(left.height);
  const rightHeight = BigInt(right.height);
  if (leftHeight !== rightHeight) return leftHeight < rightHeight ? -1 : 1;
  if (left.round !== right.round) return left.round - right.round;
  return left.step - right.step;
}
