import "server-only";
import { and, asc, eq, gte, lt, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { regionHealth } from "@/db/schema/regions";

export type RegionHealthRow = typeof regionHealth.$inferSelect;

/** Keeps how a region stood at a minute; a second look at the same minute is the one that counts. */
export const upsertMinute = (tx: Transaction, row: Omit<typeof regionHealth.$inferInsert, "span">) =>
  tx
    .insert(regionHealth)
    .values({ ...row, span: "minute" })
    .onConflictDoUpdate({ target: [regionHealth.regionId, regionHealth.span, regionHealth.at], set: row });

/** The newest minute of each region since then. */
export const listNewestMinutes = (db: Executor, since: Date): Promise<RegionHealthRow[]> =>
  db
    .selectDistinctOn([regionHealth.regionId])
    .from(regionHealth)
    .where(and(eq(regionHealth.span, "minute"), gte(regionHealth.at, since)))
    .orderBy(regionHealth.regionId, sql`${regionHealth.at} desc`);

/** A region's minutes or hours since then, oldest first. */
export const listHealthRows = (
  db: Executor,
  regionId: string,
  span: RegionHealthRow["span"],
  since: Date,
): Promise<RegionHealthRow[]> =>
  db
    .select()
    .from(regionHealth)
    .where(and(eq(regionHealth.regionId, regionId), eq(regionHealth.span, span), gte(regionHealth.at, since)))
    .orderBy(asc(regionHealth.at));

/** Averages the minutes of each whole hour between the two into that hour's row; done again, it comes to the same. */
export async function rollUpHours(tx: Transaction, from: Date, to: Date): Promise<number> {
  const hour = sql`date_trunc('hour', ${regionHealth.at}, 'UTC')`;
  const rows = await tx.execute(sql`
    insert into ${regionHealth} (
      region_id, span, at, total_servers, healthy_servers, warning_servers, error_servers, success_percent, latency_ms,
      healthy_percent, cpu_percent, memory_percent, disk_percent, node_count, score
    )
    select ${regionHealth.regionId}, 'hour', ${hour}, round(avg(${regionHealth.totalServers})),
      round(avg(${regionHealth.healthyServers})), round(avg(${regionHealth.warningServers})),
      round(avg(${regionHealth.errorServers})), avg(${regionHealth.successPercent}), avg(${regionHealth.latencyMs}),
      avg(${regionHealth.healthyPercent}), avg(${regionHealth.cpuPercent}), avg(${regionHealth.memoryPercent}),
      avg(${regionHealth.diskPercent}), round(avg(${regionHealth.nodeCount})), avg(${regionHealth.score})
    from ${regionHealth}
    where ${regionHealth.span} = 'minute' and ${regionHealth.at} >= ${from.toISOString()}::timestamptz
      and ${regionHealth.at} < ${to.toISOString()}::timestamptz
    group by 1, 3
    on conflict (region_id, span, at) do update set
      total_servers = excluded.total_servers, healthy_servers = excluded.healthy_servers,
      warning_servers = excluded.warning_servers, error_servers = excluded.error_servers,
      success_percent = excluded.success_percent, latency_ms = excluded.latency_ms,
      healthy_percent = excluded.healthy_percent, cpu_percent = excluded.cpu_percent,
      memory_percent = excluded.memory_percent, disk_percent = excluded.disk_percent,
      node_count = excluded.node_count, score = excluded.score
    returning 1
  `);
  return rows.length;
}

export const deleteHealthBefore = async (
  tx: Transaction,
  span: RegionHealthRow["span"],
  before: Date,
): Promise<number> =>
  (
    await tx
      .delete(regionHealth)
      .where(and(eq(regionHealth.span, span), lt(regionHealth.at, before)))
      .returning({ at: regionHealth.at })
  ).length;
