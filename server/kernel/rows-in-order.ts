import "server-only";
import { asc, desc, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Cursor } from "./pagination";

/** A key as the database sorts by it, and how a cursor's text becomes comparable to it. */
export type SortColumn = { readonly column: SQLWrapper; readonly comparable: (text: string) => SQL };

export const instantColumn = (column: SQLWrapper): SortColumn => ({
  column,
  comparable: (text) => sql`${text}::timestamptz`,
});

/** Names sort without regard to case; the database lowers both sides, since its rule and the program's may differ. */
export const nameColumn = (column: SQLWrapper): SortColumn => ({
  column: sql`lower(${column})`,
  comparable: (text) => sql`lower(${text}::text)`,
});

/** Rows behind the position and the order that makes it one: of equal keys the id decides, in the same direction. */
export function rowsInOrder({
  by: { column, comparable },
  id,
  isDescending,
  after,
}: {
  readonly by: SortColumn;
  readonly id: SQLWrapper;
  readonly isDescending: boolean;
  readonly after: Cursor | undefined;
}): { readonly where: SQL | undefined; readonly orderBy: readonly [SQL, SQL] } {
  const direction = isDescending ? desc : asc;
  const isBehind = sql.raw(isDescending ? "<" : ">");
  return {
    where: after && sql`(${column}, ${id}) ${isBehind} (${comparable(after.sort)}, ${after.id})`,
    orderBy: [direction(column), direction(id)],
  };
}
