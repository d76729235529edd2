/** The heights of the newest blocks up to `to`, as many as asked for or as the chain has; both ends belong to it. */
export function newestHeights(to: bigint, blocks: number): { from: bigint; to: bigint } {
  const wanted = to - BigInt(blocks) + 1n;
  return { from: wanted < 1n ? 1n : wanted, to };
}
