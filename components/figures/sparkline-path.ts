/** One sample; null where it could not be read. Samples are evenly spaced, oldest first. */
export type Sample = number | null;

/** Geometry of a sparkline in a `width` by `height` box: lines where values are known, spans where they are not. */
export type SparklineShape = {
  /** SVG path of the known stretches; empty when nothing is known. */
  line: string;
  /** Unknown stretches, each with the half steps to its neighbours. */
  gaps: readonly { x: number; width: number }[];
  /** Where the last known value stands. */
  last: { x: number; y: number } | undefined;
};

/** Lays samples out; a flat series runs through the middle, and an unknown sample is never joined over. */
export function sparklineShape(samples: readonly Sample[], width: number, height: number, pad = 2): SparklineShape {
  const known = samples.filter((sample): sample is number => sample !== null && Number.isFinite(sample));
  const low = Math.min(...known);
  const high = Math.max(...known);
  const step = samples.length > 1 ? width / (samples.length - 1) : 0;
  const round = (value: number) => Math.round(value * 100) / 100;
  const yOf = (value: number) =>
    round(high === low ? height / 2 : pad + (height - 2 * pad) * (1 - (value - low) / (high - low)));
  let line = "";
  let last: SparklineShape["last"];
  const gaps: { x: number; width: number }[] = [];
  let gapStart: number | undefined;
  samples.forEach((sample, index) => {
    const x = round(index * step);
    if (sample === null || !Number.isFinite(sample)) {
      gapStart ??= Math.max(0, x - step / 2);
      if (index === samples.length - 1) gaps.push({ x: round(gapStart), width: round(width - gapStart) });
      return;
    }
    if (gapStart !== undefined) {
      gaps.push({ x: round(gapStart), width: round(x - step / 2 - gapStart) });
      gapStart = undefined;
    }
    const isJoined = index > 0 && samples[index - 1] !== null && line !== "";
    line += `${isJoined ? "L" : "M"}${x} ${yOf(sample)}`;
    // A lone sample has no length; a stub makes it seen.
    if (!isJoined && (samples[index + 1] ?? null) === null) line += "h0.01";
    last = { x, y: yOf(sample) };
  });
  return { line, gaps, last };
}
