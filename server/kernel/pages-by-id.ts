import { z } from "zod";

/** Input of a sweep: rows that are held in memory at once. */
export const SweepPage = z.strictObject({ pageSize: z.number().int().min(1).max(1_000).default(100) });

/**
 * The pages of a list that is read in the order of ids, each read when the one before it is done with; what leaves the list meanwhile makes no
 * page skip a row. `readPage` gives at most `pageSize` rows with ids above `afterId`.
 */
export async function* pagesById<Row extends { readonly id: string }>(
  pageSize: number,
  readPage: (afterId: string) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  for (let afterId: string | undefined = ""; afterId !== undefined; ) {
    const page: readonly Row[] = await readPage(afterId);
    yield page;
    afterId = page.length < pageSize ? undefined : page.at(-1)?.id;
  }
}
