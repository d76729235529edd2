/*
 * The grid is a sweep, as on a chart recorder: each block has its fixed slot (height modulo capacity), the newest writes
 * over the oldest, and nothing that is already drawn ever moves.
 */

/** What is known of one block: signed, missed, our validator not in the set, or not read. */
export const BLOCK_STATES = ["signed", "missed", "absent", "unknown"] as const;

/** One of {@link BLOCK_STATES}. */
export type BlockState = (typeof BLOCK_STATES)[number];

/** One block as the caller knows it; `at` is its time, ISO 8601; `note` is one more fact for the readout. */
export type BlockCell = { heightBlocks: number; state: BlockState; at?: string | undefined; note?: string | undefined };

/** The window of `capacity` heights that ends at the newest block, oldest first; heights nobody gave are unknown. */
export function fillWindow(blocks: readonly BlockCell[], capacity: number): readonly BlockCell[] {
  const newest = blocks.reduce((highest, block) => Math.max(highest, block.heightBlocks), 0);
  if (newest === 0) return [];
  const byHeight = new Map(blocks.map((block) => [block.heightBlocks, block]));
  const oldest = Math.max(1, newest - capacity + 1);
  return Array.from({ length: newest - oldest + 1 }, (_, index) => {
    const heightBlocks = oldest + index;
    return byHeight.get(heightBlocks) ?? { heightBlocks, state: "unknown" as const };
  });
}

/** How many blocks of the window are in each state. */
export function countStates(window: readonly BlockCell[]): Readonly<Record<BlockState, number>> {
  const counts = { signed: 0, missed: 0, absent: 0, unknown: 0 };
  for (const block of window) counts[block.state] += 1;
  return counts;
}

/** Finest distance of neighbouring cells in pixels: the more cells there are, the finer. */
function leastPitchFor(capacity: number): number {
  if (capacity <= 300) return 15;
  if (capacity <= 1_500) return 11;
  return capacity <= 4_000 ? 9 : 7;
}

const MOST_PITCH_PX = 24;

/** Space between neighbouring cells; none follows the last one. */
export const gapFor = (pitchPx: number): number => (pitchPx >= 11 ? 2 : 1);

/** Up to here full rows are worth a coarser grid; above, they would make it too tall. */
const FULL_ROWS_UP_TO = 1_000;

/**
 * Columns and cell distance for a width. Columns come in tens, so that heights can be counted, and make full rows where
 * the capacity has such a divisor; the cells then grow, to 24 px at most, until they fill the width.
 */
export function fitGrid(capacity: number, widthPx: number): { columns: number; pitchPx: number } {
  const leastPitchPx = leastPitchFor(capacity);
  const most = Math.min(Math.ceil(capacity / 10), Math.max(1, Math.floor(widthPx / leastPitchPx / 10)));
  const tens = Array.from({ length: most }, (_, index) => 10 * (most - index));
  const full =
    capacity <= FULL_ROWS_UP_TO ? tens.find((columns) => capacity % columns === 0 && columns >= 5 * most) : undefined;
  const columns = full ?? 10 * most;
  return { columns, pitchPx: Math.min(MOST_PITCH_PX, Math.max(leastPitchPx, Math.floor((widthPx + 2) / columns))) };
}

/** Where a block stands, as column and row. */
export function slotOf(heightBlocks: number, capacity: number, columns: number): { column: number; row: number } {
  const slot = (heightBlocks - 1) % capacity;
  return { column: slot % columns, row: Math.floor(slot / columns) };
}

/** The height at a column and row, or undefined where no block of the window stands. */
export function heightAt(
  column: number,
  row: number,
  grid: { capacity: number; columns: number; oldest: number; newest: number },
): number | undefined {
  const slot = row * grid.columns + column;
  if (column < 0 || column >= grid.columns || row < 0 || slot >= grid.capacity) return undefined;
  const turn = (((grid.newest - 1 - slot) % grid.capacity) + grid.capacity) % grid.capacity;
  const height = grid.newest - turn;
  return height >= grid.oldest ? height : undefined;
}

/** One path of squares for each state, so that ten thousand cells are four elements. */
export function pathsByState(
  window: readonly BlockCell[],
  grid: { capacity: number; columns: number; pitchPx: number },
): Readonly<Record<BlockState, string>> {
  const paths = { signed: "", missed: "", absent: "", unknown: "" };
  const gap = gapFor(grid.pitchPx);
  for (const { heightBlocks, state } of window) {
    const { column, row } = slotOf(heightBlocks, grid.capacity, grid.columns);
    // Who was not in the set has a small square: nothing was asked of them, so nothing is said loudly.
    const inset = state === "absent" ? Math.floor(grid.pitchPx / 3) : 0;
    const side = grid.pitchPx - gap - 2 * inset;
    paths[state] += `M${column * grid.pitchPx + inset} ${row * grid.pitchPx + inset}h${side}v${side}h-${side}z`;
  }
  return paths;
}

/** One path of the slots that a young chain has not come to yet, so that the grid shows its full size from the first block on. */
export function pathOfEmptySlots(newest: number, grid: { capacity: number; columns: number; pitchPx: number }): string {
  const side = grid.pitchPx - gapFor(grid.pitchPx);
  let path = "";
  for (let height = newest + 1; height <= grid.capacity; height += 1) {
    const { column, row } = slotOf(height, grid.capacity, grid.columns);
    path += `M${column * grid.pitchPx} ${row * grid.pitchPx}h${side}v${side}h-${side}z`;
  }
  return path;
}

/** The nearest older height in the state, or undefined; for stepping from miss to miss. */
export function previousIn(window: readonly BlockCell[], belowHeight: number, state: BlockState): number | undefined {
  return window.findLast((block) => block.heightBlocks < belowHeight && block.state === state)?.heightBlocks;
}
