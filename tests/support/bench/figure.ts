/** One figure of a bench. */
export type Figure = {
  readonly metric: string;
  readonly unit: string;
  readonly samples: readonly number[];
  /** What is told of the samples where it is not their median, as a p95. */
  readonly ours?: number;
  readonly peers?: Readonly<Record<string, number>>;
  /** Which way is better, so that the goal can be judged. */
  readonly goal?: { readonly of: "ours" | "ratio"; readonly atMost?: number; readonly atLeast?: number };
  /** Why a goal is missed, in a sentence; told only where it is. */
  readonly cause?: string;
};

/** A row of `docs/benchmarks.json`. */
export type Benchmark = {
  readonly bench: string;
  readonly metric: string;
  readonly unit: string;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  readonly ratio: number | null;
  readonly command: string;
  readonly date: string;
};

/** A figure with its row, as it is shown to people. */
export type Shown = { readonly figure: Figure; readonly row: Benchmark };
