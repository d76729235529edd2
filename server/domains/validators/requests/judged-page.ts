import type { Executor } from "@/db/client";
import type { OrganizationFilter } from "@/server/kernel/owned";
import type { Cursor } from "@/server/kernel/pagination";
import { readViewsOf } from "./read-views";
import { listSetups, type SetupRow } from "./repository";

/** How many rows are judged at a time where only some of them are asked for. */
const JUDGED_AT_ONCE = 200;

type Viewed = Awaited<ReturnType<typeof readViewsOf>>[number];
export type JudgedRow = { readonly row: SetupRow; readonly view: Viewed };

/**
 * Rows that the filter lets through and that stand as `accepts` asks, a few more than the limit where there are so many. How one stands is
 * computed, never kept: rows that can stand so are judged until the page is full.
 */
export async function judgedPage(
  db: Executor,
  organizationId: OrganizationFilter,
  filter: Omit<Parameters<typeof listSetups>[2], "limit">,
  {
    limit,
    positionOf,
    accepts,
    now,
  }: {
    readonly limit: number;
    readonly positionOf: (row: SetupRow) => Cursor;
    /** Null lets every row through, so that no more are read than are shown. */
    readonly accepts: ((judged: JudgedRow) => boolean) | null;
    readonly now: Date;
  },
): Promise<readonly JudgedRow[]> {
  const rowsAtOnce = accepts === null ? limit + 1 : Math.max(limit + 1, JUDGED_AT_ONCE);
  const found: JudgedRow[] = [];
  let { after } = filter;
  for (;;) {
    const rows = await listSetups(db, organizationId, { ...filter, limit: rowsAtOnce, after });
    const views = await readViewsOf(db, rows, now);
    for (const [place, row] of rows.entries()) {
      const view = views[place];
      if (view && (accepts === null || accepts({ row, view }))) found.push({ row, view });
    }
    const last = rows.at(-1);
    if (found.length > limit || rows.length < rowsAtOnce || last === undefined) return found;
    after = positionOf(last);
  }
}
