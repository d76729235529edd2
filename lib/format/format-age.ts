import { groupDigits, UNIT_SPACE } from "./group-digits";

const STEPS = [
  { belowMs: 60_000, unitMs: 1_000, unit: "s" },
  { belowMs: 3_600_000, unitMs: 60_000, unit: "min" },
  { belowMs: 48 * 3_600_000, unitMs: 3_600_000, unit: "h" },
  { belowMs: Number.POSITIVE_INFINITY, unitMs: 86_400_000, unit: "d" },
] as const;

/** Writes an instant relative to now, in one unit, rounded down: "now", "12 s ago", "3 min ago", "in 5 h", "41 d ago". */
export function formatAge(atMs: number, nowMs: number): string {
  const distanceMs = Math.abs(nowMs - atMs);
  if (distanceMs < 1_000) return "now";
  const step = STEPS.find(({ belowMs }) => distanceMs < belowMs) ?? STEPS[3];
  const span = `${groupDigits(Math.floor(distanceMs / step.unitMs))}${UNIT_SPACE}${step.unit}`;
  return atMs <= nowMs ? `${span} ago` : `in ${span}`;
}
