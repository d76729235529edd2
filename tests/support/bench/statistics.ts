/** The value below which that share of the samples lies, by nearest rank. @throws without samples */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error("a bench measured nothing");
  return value;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** Three digits that count, without a zero that says nothing. */
export const shortly = (value: number): number =>
  Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(3));
