/** Heights of which both ends belong to the range. */
export type BlockRange = { readonly from: bigint; readonly to: bigint };

/** The heights of the newest blocks up to `to`, as many as asked for or as the chain has. */
export function newestHeights(to: bigint, blocks: number): BlockRange {
  const wanted = to - BigInt(blocks) + 1n;
  return { from: wanted < 1n ? 1n : wanted, to };
}

/** One cell for every height of the range, oldest first; a block that is not kept is unknown, never missed. */
export function cellsOf<Row extends { readonly heightBlocks: bigint; readonly blockAt: Date }, Facts>(
  rows: readonly Row[],
  { from, to }: BlockRange,
  factsOf: (row: Row) => Facts,
) {
  const byHeight = new Map(rows.map((row) => [row.heightBlocks, row]));
  return Array.from({ length: Number(to - from) + 1 }, (_, index) => {
    const height = from + BigInt(index);
    const row = byHeight.get(height);
    const heightBlocks = Number(height);
    if (row === undefined) return { heightBlocks, state: "unknown" as const };
    return { heightBlocks, at: row.blockAt.toISOString(), ...factsOf(row) };
  });
}
