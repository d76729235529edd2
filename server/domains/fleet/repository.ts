import "server-only";
import { and, asc, count, eq, exists, gt, inArray, or, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { fleetBulkRows, fleetBulkRuns } from "@/db/schema/fleet";
import { lockInTransaction } from "@/server/kernel/lock-in-transaction";
import type { Cursor } from "@/server/kernel/pagination";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";
import type { BulkRowStatus } from "./constants";

export type RunRow = typeof fleetBulkRuns.$inferSelect;
export type BulkRowRow = typeof fleetBulkRows.$inferSelect;

export async function insertRun(
  tx: Transaction,
  run: typeof fleetBulkRuns.$inferInsert & { readonly status: "running" },
  rows: readonly (typeof fleetBulkRows.$inferInsert)[],
): Promise<void> {
  await tx.insert(fleetBulkRuns).values(run);
  await tx.insert(fleetBulkRows).values([...rows]);
}

export async function findRun(db: Executor, id: string): Promise<RunRow | undefined> {
  const [row] = await db.select().from(fleetBulkRuns).where(eq(fleetBulkRuns.id, id));
  return row;
}

export async function lockRun(tx: Transaction, id: string): Promise<RunRow | undefined> {
  const [row] = await tx.select().from(fleetBulkRuns).where(eq(fleetBulkRuns.id, id)).for("no key update");
  return row;
}

export async function lockRow(tx: Transaction, id: string): Promise<BulkRowRow | undefined> {
  const [row] = await tx.select().from(fleetBulkRows).where(eq(fleetBulkRows.id, id)).for("no key update");
  return row;
}

/** Held until the transaction ends: runs that take voting power of one network away do so one after the other. */
export const lockPowerOf = (tx: Transaction, networkId: string) => lockInTransaction(tx, `fleet.power:${networkId}`);

/** Newest first. */
export function listRunRows(
  db: Executor,
  { limit, after }: { readonly limit: number; readonly after: Cursor | undefined },
): Promise<RunRow[]> {
  const order = rowsInOrder({
    by: instantColumn(fleetBulkRuns.createdAt),
    id: fleetBulkRuns.id,
    isDescending: true,
    after,
  });
  return db
    .select()
    .from(fleetBulkRuns)
    .where(order.where)
    .orderBy(...order.orderBy)
    .limit(limit);
}

/** How many rows of each run are in each state. */
export const countRows = (db: Executor, runIds: readonly string[]) =>
  runIds.length === 0
    ? Promise.resolve([])
    : db
        .select({ bulkRunId: fleetBulkRows.bulkRunId, status: fleetBulkRows.status, rows: count() })
        .from(fleetBulkRows)
        .where(inArray(fleetBulkRows.bulkRunId, [...runIds]))
        .groupBy(fleetBulkRows.bulkRunId, fleetBulkRows.status);

/** Rows of a run in one of these states, in the order in which nodes are taken, after that place. */
export const listRowsOf = (
  db: Executor,
  bulkRunId: string,
  page: {
    readonly statuses?: readonly BulkRowStatus[] | undefined;
    readonly afterPosition?: number | undefined;
    readonly limit: number;
  },
): Promise<BulkRowRow[]> =>
  db
    .select()
    .from(fleetBulkRows)
    .where(
      and(
        eq(fleetBulkRows.bulkRunId, bulkRunId),
        page.statuses === undefined ? undefined : inArray(fleetBulkRows.status, [...page.statuses]),
        page.afterPosition === undefined ? undefined : gt(fleetBulkRows.position, page.afterPosition),
      ),
    )
    .orderBy(asc(fleetBulkRows.position))
    .limit(page.limit);

/** The stake that is away by bulk runs, by network: nodes that are worked on, and those that this run stopped. */
export const sumAway = (db: Executor, bulkRunId: string, networkIds: readonly string[]) => {
  const isAwayNow = and(eq(fleetBulkRows.status, "under_way"), inArray(fleetBulkRuns.act, ["stop", "redeploy"]));
  const wasStopped = and(
    eq(fleetBulkRows.status, "done"),
    eq(fleetBulkRuns.act, "stop"),
    eq(fleetBulkRows.bulkRunId, bulkRunId),
  );
  return db
    .select({
      networkId: fleetBulkRows.networkId,
      tokens: sql<string>`coalesce(sum(${fleetBulkRows.powerBaseUnits}), 0)::text`,
    })
    .from(fleetBulkRows)
    .innerJoin(fleetBulkRuns, eq(fleetBulkRuns.id, fleetBulkRows.bulkRunId))
    .where(and(inArray(fleetBulkRows.networkId, [...networkIds]), or(isAwayNow, wasStopped)))
    .groupBy(fleetBulkRows.networkId);
};

/** Runs that want to go on, after an id: those that run or end, and paused ones with nodes that are being worked on. */
export const listOpenRuns = (db: Executor, afterId: string, limit: number): Promise<RunRow[]> =>
  db
    .select()
    .from(fleetBulkRuns)
    .where(
      and(
        or(
          inArray(fleetBulkRuns.status, ["running", "cancelling"]),
          and(
            eq(fleetBulkRuns.status, "paused"),
            exists(
              db
                .select({ one: sql`1` })
                .from(fleetBulkRows)
                .where(and(eq(fleetBulkRows.bulkRunId, fleetBulkRuns.id), eq(fleetBulkRows.status, "under_way"))),
            ),
          ),
        ),
        gt(fleetBulkRuns.id, afterId),
      ),
    )
    .orderBy(asc(fleetBulkRuns.id))
    .limit(limit);

export async function raiseGeneration(tx: Transaction, id: string, generation: number): Promise<void> {
  await tx.update(fleetBulkRuns).set({ generation }).where(eq(fleetBulkRuns.id, id));
}
