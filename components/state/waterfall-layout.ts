/** A span on the time axis of a waterfall, in percent of its width. */
export type Bar = { leftPercent: number; widthPercent: number };

/** Round step widths for a time axis, in milliseconds. */
const TICK_STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 4, 8, 24].map((hours) => hours * 3_600_000),
];
const MOST_TICKS = 6;
/** A bar narrower than this cannot be seen or pointed at. */
const LEAST_WIDTH_PERCENT = 0.6;

/** The span that holds all given instants; at least one millisecond long. Empty input gives undefined. */
export function spanOf(instantsMs: readonly number[]): { fromMs: number; toMs: number } | undefined {
  const finite = instantsMs.filter(Number.isFinite);
  if (finite.length === 0) return undefined;
  const fromMs = Math.min(...finite);
  return { fromMs, toMs: Math.max(fromMs + 1, ...finite) };
}

/** Where a span stands on the axis; what lies outside is cut, what is too short is widened to be seen. */
export function barFor(startMs: number, endMs: number, axis: { fromMs: number; toMs: number }): Bar {
  const length = axis.toMs - axis.fromMs;
  const percent = (ms: number) => Math.min(100, Math.max(0, (100 * (ms - axis.fromMs)) / length));
  const widthPercent = Math.max(LEAST_WIDTH_PERCENT, percent(endMs) - percent(startMs));
  return { leftPercent: Math.min(percent(startMs), 100 - widthPercent), widthPercent };
}

/** Round offsets from the start, in milliseconds, at most six after zero. */
export function ticksFor(lengthMs: number): readonly number[] {
  const day = 86_400_000;
  const stepMs =
    TICK_STEPS_MS.find((each) => lengthMs / each <= MOST_TICKS) ?? Math.ceil(lengthMs / MOST_TICKS / day) * day;
  return Array.from({ length: Math.floor(lengthMs / stepMs) + 1 }, (_, index) => index * stepMs);
}
