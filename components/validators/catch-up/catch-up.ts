/** One look at a node that catches up, in whole blocks. */
export type CatchUpSample = { readonly atMs: number; readonly heightBlocks: number; readonly tipBlocks: number };

/** What the looks say: how far it is, how fast it comes nearer, and when it would be there. */
type CatchUp = {
  readonly heightBlocks: number;
  readonly tipBlocks: number;
  readonly behindBlocks: number;
  /** Of the node itself; null before there are two looks apart. */
  readonly blocksPerSecond: number | null;
  /** Null while it is not known, and where the tip runs away. */
  readonly leftMs: number | null;
};

/** So much of the past says how fast it is now. */
const WINDOW_MS = 60_000;
const MIN_SPAN_MS = 1_000;
const MAX_SAMPLES = 240;

/** Adds a look; one of the same moment or an older one changes nothing, and a lower height begins anew. */
export function withSample(samples: readonly CatchUpSample[], next: CatchUpSample): readonly CatchUpSample[] {
  const last = samples.at(-1);
  if (last && next.atMs <= last.atMs) return samples;
  if (last && next.heightBlocks < last.heightBlocks) return [next];
  return [...samples, next].slice(-MAX_SAMPLES);
}

/** What a row of looks says of the catching up; null before the first. */
export function catchUpOf(samples: readonly CatchUpSample[]): CatchUp | null {
  const last = samples.at(-1);
  if (!last) return null;
  const first = samples.find(({ atMs }) => last.atMs - atMs <= WINDOW_MS) ?? last;
  const seconds = (last.atMs - first.atMs) / 1_000;
  const behindBlocks = Math.max(0, last.tipBlocks - last.heightBlocks);
  const facts = { heightBlocks: last.heightBlocks, tipBlocks: last.tipBlocks, behindBlocks };
  if (seconds * 1_000 < MIN_SPAN_MS) return { ...facts, blocksPerSecond: null, leftMs: behindBlocks === 0 ? 0 : null };
  const blocksPerSecond = (last.heightBlocks - first.heightBlocks) / seconds;
  const nearerPerSecond = blocksPerSecond - Math.max(0, last.tipBlocks - first.tipBlocks) / seconds;
  const leftMs =
    behindBlocks === 0 ? 0 : nearerPerSecond <= 0 ? null : Math.ceil(behindBlocks / nearerPerSecond) * 1_000;
  return { ...facts, blocksPerSecond, leftMs };
}
