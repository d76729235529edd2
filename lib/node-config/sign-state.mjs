// Plain JavaScript, so that the supervisor of child processes, which runs before anything is built, reads sign states by the same rule.
const MAX_INT64 = 9_223_372_036_854_775_807n;
const MAX_INT32 = 2_147_483_647;
/** 0 nothing, 1 propose, 2 prevote, 3 precommit. */
const MAX_STEP = 3;

const isBoundedInteger = (value, max) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;

export function parseSignState(text) {
  let raw;
  try {
    raw = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof raw !== "object" || raw === null) return null;
  const { height, round, step } = raw;
  if (typeof height !== "string" || !/^(0|[1-9]\d{0,18})$/.test(height) || BigInt(height) > MAX_INT64) return null;
  if (!isBoundedInteger(round, MAX_INT32) || !isBoundedInteger(step, MAX_STEP)) return null;
  return { height, round, step };
}

export function compareSignStates(left, right) {
  const leftHeight = BigInt(left.height);
  const rightHeight = BigInt(right.height);
  if (leftHeight !== rightHeight) return leftHeight < rightHeight ? -1 : 1;
  if (left.round !== right.round) return left.round - right.round;
  return left.step - right.step;
}
