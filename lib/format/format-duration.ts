import { groupDigits, UNIT_SPACE } from "./group-digits";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Writes a span of time in its two largest units: "850 ms", "4.2 s", "1 min 20 s", "3 h 5 min", "12 d 4 h".
 * A negative or non-finite span is a fault of the caller's clocks and reads "0 s".
 */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs) || durationMs <= 0) return `0${UNIT_SPACE}s`;
  if (durationMs < SECOND_MS) return `${Math.max(1, Math.round(durationMs))}${UNIT_SPACE}ms`;
  if (durationMs < 9_950) return `${(durationMs / SECOND_MS).toFixed(1).replace(/\.0$/, "")}${UNIT_SPACE}s`;
  // Rounded to what is shown before it is split, so that 59.9 s never reads "60 s".
  const unitMs = durationMs < HOUR_MS ? SECOND_MS : durationMs < DAY_MS ? MINUTE_MS : HOUR_MS;
  const shownMs = Math.round(durationMs / unitMs) * unitMs;
  if (shownMs < MINUTE_MS) return join(shownMs / SECOND_MS, "s");
  if (shownMs < HOUR_MS) return join(Math.floor(shownMs / MINUTE_MS), "min", (shownMs % MINUTE_MS) / SECOND_MS, "s");
  if (shownMs < DAY_MS)
    return join(Math.floor(shownMs / HOUR_MS), "h", Math.round((shownMs % HOUR_MS) / MINUTE_MS), "min");
  return join(Math.floor(shownMs / DAY_MS), "d", Math.round((shownMs % DAY_MS) / HOUR_MS), "h");
}

function join(large: number, largeUnit: string, small = 0, smallUnit = ""): string {
  const head = `${groupDigits(large)}${UNIT_SPACE}${largeUnit}`;
  return small === 0 ? head : `${head} ${small}${UNIT_SPACE}${smallUnit}`;
}
