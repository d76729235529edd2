/**
 * What `work` gave, and how many milliseconds after a plain timer of `ms` it ended; negative when it ended before. The timer begins with the work, so
 * a machine that stalls delays both, and the difference is the work's own.
 */
export async function lateBy<Out>(
  ms: number,
  work: () => Promise<Out>,
): Promise<{ readonly value: Out; readonly lateMs: number }> {
  const timer = new Promise<number>((resolve) => setTimeout(() => resolve(performance.now()), ms));
  const value = await work();
  const endedAt = performance.now();
  return { value, lateMs: endedAt - (await timer) };
}
