/**
 * The pages of a list that is read in one order, each read when the one before it is done with; what leaves the list meanwhile makes no page skip
 * a row. `readPage` gives at most `pageSize` rows behind the last one of the page before.
 */
export async function* pagesAfter<Row>(
  pageSize: number,
  readPage: (last: Row | undefined) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  for (let last: Row | undefined, isWhole = true; isWhole; ) {
    const page: readonly Row[] = await readPage(last);
    yield page;
    last = page.at(-1);
    isWhole = page.length >= pageSize;
  }
}
