import "server-only";
import { and, asc, eq, gte, inArray, isNotNull, lt, ne, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { regionServers, regions, serverSamples } from "@/db/schema/regions";
import type { Cursor } from "@/server/kernel/pagination";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";

export type ServerRow = typeof regionServers.$inferSelect;
export type ServerSampleRow = typeof serverSamples.$inferSelect;
type ServerOfRegion = { readonly server: ServerRow; readonly regionCode: string };

const withRegion = (db: Executor) =>
  db
    .select({ server: regionServers, regionCode: regions.code })
    .from(regionServers)
    .innerJoin(regions, eq(regions.id, regionServers.regionId));

export async function findServer(db: Executor, serverId: string): Promise<ServerOfRegion | undefined> {
  const [row] = await withRegion(db).where(eq(regionServers.id, serverId));
  return row;
}

/** The same under the row's lock: acts on one server wait for each other. */
export async function lockServer(tx: Transaction, serverId: string): Promise<ServerOfRegion | undefined> {
  const [row] = await withRegion(tx).where(eq(regionServers.id, serverId)).for("no key update", { of: regionServers });
  return row;
}

export async function insertServer(tx: Transaction, row: typeof regionServers.$inferInsert): Promise<ServerRow> {
  const [inserted] = await tx.insert(regionServers).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
}

type ServerFilter = {
  readonly regionCode?: string | undefined;
  readonly status?: ServerRow["status"] | undefined;
  readonly availableOnly?: boolean | undefined;
};

const hasRoom = () =>
  and(
    eq(regionServers.status, "active"),
    eq(regionServers.placement, "open"),
    isNotNull(regionServers.nodes),
    sql`jsonb_array_length(${regionServers.nodes}) < ${regionServers.maxValidators}`,
  );

/** Newest first. */
export function listServerRows(
  db: Executor,
  { regionCode, status, availableOnly }: ServerFilter,
  after: Cursor | undefined,
  limit: number,
): Promise<ServerOfRegion[]> {
  const order = rowsInOrder({
    by: instantColumn(regionServers.createdAt),
    id: regionServers.id,
    isDescending: true,
    after,
  });
  return withRegion(db)
    .where(
      and(
        regionCode === undefined ? undefined : eq(regions.code, regionCode),
        status === undefined ? undefined : eq(regionServers.status, status),
        availableOnly ? hasRoom() : undefined,
        order.where,
      ),
    )
    .orderBy(...order.orderBy)
    .limit(limit);
}

/** Those that report and were last heard of before that, locked; one that somebody changes at this moment, as its own report does, is left out. */
export const listSilentServers = (tx: Transaction, before: Date, limit: number): Promise<ServerRow[]> =>
  tx
    .select()
    .from(regionServers)
    .where(and(inArray(regionServers.status, ["active", "degraded"]), lt(regionServers.lastHeartbeatAt, before)))
    .orderBy(asc(regionServers.id))
    .limit(limit)
    .for("no key update", { skipLocked: true });

/** Every server that has reported once and is not gone for good. */
export const listReportingServers = (db: Executor): Promise<ServerRow[]> =>
  db
    .select()
    .from(regionServers)
    .where(inArray(regionServers.status, ["active", "degraded", "offline"]))
    .orderBy(asc(regionServers.id));

/** How many servers of each kind a region has, and how many of them would take one more node. */
export const countServersByType = (db: Executor, regionId: string) =>
  db
    .select({
      machineType: regionServers.machineType,
      total: sql<number>`count(*)::int`,
      available: sql<number>`(count(*) filter (where ${hasRoom()}))::int`,
      cpuCores: sql<number>`sum(${regionServers.cpuCores})::int`,
      memoryGb: sql<number>`sum(${regionServers.memoryGb})::int`,
      diskGb: sql<number>`sum(${regionServers.diskGb})::int`,
    })
    .from(regionServers)
    .where(and(eq(regionServers.regionId, regionId), ne(regionServers.status, "decommissioned")))
    .groupBy(regionServers.machineType)
    .orderBy(asc(regionServers.machineType));

/** A second heartbeat of the same millisecond is the same one. */
export const insertSample = (tx: Transaction, row: typeof serverSamples.$inferInsert) =>
  tx.insert(serverSamples).values(row).onConflictDoNothing();

/** Heartbeats since then, oldest first. */
export const listSamplesSince = (db: Executor, since: Date): Promise<ServerSampleRow[]> =>
  db.select().from(serverSamples).where(gte(serverSamples.at, since)).orderBy(asc(serverSamples.at));

/** One server's heartbeats since then, averaged over steps of so many seconds; oldest first. */
export async function listServerHistory(db: Executor, serverId: string, since: Date, stepSeconds: number) {
  const step = sql<Date>`date_bin(make_interval(secs => ${stepSeconds}::int), ${serverSamples.at}, ${since.toISOString()}::timestamptz)`;
  const mean = (column: typeof serverSamples.cpuPercent | typeof serverSamples.roundTripMs) =>
    sql<number | null>`avg(${column})::real`;
  return db
    .select({
      at: step.mapWith(serverSamples.at),
      cpuPercent: mean(serverSamples.cpuPercent),
      memoryPercent: sql<number | null>`avg(${serverSamples.memoryPercent})::real`,
      diskPercent: sql<number | null>`avg(${serverSamples.diskPercent})::real`,
      loadAverage: sql<number | null>`avg(${serverSamples.loadAverage})::real`,
      roundTripMs: mean(serverSamples.roundTripMs),
      nodeCount: sql<number | null>`max(${serverSamples.nodeCount})`,
    })
    .from(serverSamples)
    .where(and(eq(serverSamples.serverId, serverId), gte(serverSamples.at, since)))
    .groupBy(sql`1`)
    .orderBy(sql`1`);
}

export const deleteSamplesBefore = async (tx: Transaction, before: Date): Promise<number> =>
  (await tx.delete(serverSamples).where(lt(serverSamples.at, before)).returning({ at: serverSamples.at })).length;
