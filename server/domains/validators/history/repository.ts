import "server-only";
import { and, asc, desc, eq, gt, gte, lt, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import {
  validatorMissCursors,
  validatorMissHours,
  validatorNodeSamples,
  validatorNodeSpells,
} from "@/db/schema/validators";
import type { MissCause } from "../constants";

export type NodeSampleRow = typeof validatorNodeSamples.$inferSelect;
export type SpellRow = typeof validatorNodeSpells.$inferSelect;

const SAMPLES = validatorNodeSamples;
/** How two samples of one time become one: `greatest` and `least` pass over what is null. */
const MERGED = {
  setupRequestId: sql`coalesce(excluded.setup_request_id, ${SAMPLES.setupRequestId})`,
  cpuPercentSum: sql`${SAMPLES.cpuPercentSum} + excluded.cpu_percent_sum`,
  cpuLooks: sql`${SAMPLES.cpuLooks} + excluded.cpu_looks`,
  memoryBytes: sql`greatest(${SAMPLES.memoryBytes}, excluded.memory_bytes)`,
  memoryPercent: sql`greatest(${SAMPLES.memoryPercent}, excluded.memory_percent)`,
  diskUsedBytes: sql`greatest(${SAMPLES.diskUsedBytes}, excluded.disk_used_bytes)`,
  diskPercent: sql`greatest(${SAMPLES.diskPercent}, excluded.disk_percent)`,
  diskFreeBytes: sql`least(${SAMPLES.diskFreeBytes}, excluded.disk_free_bytes)`,
  lagBlocks: sql`greatest(${SAMPLES.lagBlocks}, excluded.lag_blocks)`,
  peerCount: sql`least(${SAMPLES.peerCount}, excluded.peer_count)`,
};

/** Adds a look to the sample of its time. */
export const addToSample = (tx: Transaction, look: NodeSampleRow) =>
  tx
    .insert(SAMPLES)
    .values(look)
    .onConflictDoUpdate({ target: [SAMPLES.sourceId, SAMPLES.at], set: MERGED });

/** The worst of samples in one step, as {@link addToSample} merges two looks. */
const WORST = sql`sum(cpu_percent_sum)::int as cpu_percent_sum, sum(cpu_looks)::int as cpu_looks,
  max(memory_bytes)::float8 as memory_bytes, max(memory_percent) as memory_percent, max(disk_used_bytes)::float8 as disk_used_bytes,
  max(disk_percent) as disk_percent, min(disk_free_bytes)::float8 as disk_free_bytes, max(lag_blocks) as lag_blocks,
  min(peer_count) as peer_count`;

type StepRow = {
  at_ms: number;
  cpu_percent_sum: number;
  cpu_looks: number;
  memory_bytes: number | null;
  memory_percent: number | null;
  disk_used_bytes: number | null;
  disk_percent: number | null;
  disk_free_bytes: number | null;
  lag_blocks: number | null;
  peer_count: number | null;
};

/** Samples of whatever ran for the request since then, in steps of so many minutes, oldest first. */
export async function listSteps(
  db: Executor,
  setupRequestId: string,
  since: Date,
  stepMinutes: number,
): Promise<Omit<NodeSampleRow, "sourceId" | "setupRequestId">[]> {
  const rows = await db.execute<StepRow>(sql`
    select extract(epoch from date_bin(make_interval(mins => ${stepMinutes}), at, timestamptz '1970-01-01 00:00:00+00'))::float8 * 1000 as at_ms,
           ${WORST}
    from ${SAMPLES} where setup_request_id = ${setupRequestId} and at >= ${since.toISOString()}::timestamptz
    group by 1 order by 1`);
  return rows.map((row) => ({
    at: new Date(row.at_ms),
    cpuPercentSum: row.cpu_percent_sum,
    cpuLooks: row.cpu_looks,
    memoryBytes: row.memory_bytes,
    memoryPercent: row.memory_percent,
    diskUsedBytes: row.disk_used_bytes,
    diskPercent: row.disk_percent,
    diskFreeBytes: row.disk_free_bytes,
    lagBlocks: row.lag_blocks,
    peerCount: row.peer_count,
  }));
}

/** Merges the samples of each hour before that time into one. */
export const mergeIntoHours = (tx: Transaction, before: Date) =>
  tx.execute(sql`
    with moved as (
      delete from ${SAMPLES}
      where at < ${before.toISOString()}::timestamptz and at <> date_trunc('hour', at, 'UTC') returning *)
    insert into ${SAMPLES} (source_id, at, setup_request_id, cpu_percent_sum, cpu_looks, memory_bytes, memory_percent,
      disk_used_bytes, disk_percent, disk_free_bytes, lag_blocks, peer_count)
    select source_id, hour_at, setup_request_id, cpu_percent_sum, cpu_looks, memory_bytes::bigint, memory_percent,
      disk_used_bytes::bigint, disk_percent, disk_free_bytes::bigint, lag_blocks, peer_count
    from (select source_id, date_trunc('hour', at, 'UTC') as hour_at, max(setup_request_id) as setup_request_id, ${WORST}
          from moved group by 1, 2) hours
    on conflict (source_id, at) do update set ${sql.join(
      Object.entries(MERGED).map(([key, value]) => sql`${sql.identifier(columnOf(key))} = ${value}`),
      sql`, `,
    )}`);

const columnOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export async function findNewestSpell(tx: Transaction, sourceId: string): Promise<SpellRow | undefined> {
  const [row] = await tx
    .select()
    .from(validatorNodeSpells)
    .where(eq(validatorNodeSpells.sourceId, sourceId))
    .orderBy(desc(validatorNodeSpells.lastLookAt), desc(validatorNodeSpells.sequence))
    .limit(1);
  return row;
}

export const insertSpell = (tx: Transaction, row: typeof validatorNodeSpells.$inferInsert) =>
  tx.insert(validatorNodeSpells).values(row);

export const extendSpell = (tx: Transaction, sequence: number, lastLookAt: Date) =>
  tx.update(validatorNodeSpells).set({ lastLookAt }).where(eq(validatorNodeSpells.sequence, sequence));

/** Spells of whatever ran for the request that reach into the time, oldest first. */
export const listSpells = (
  db: Executor,
  setupRequestId: string,
  time: { readonly from: Date; readonly to: Date },
): Promise<SpellRow[]> =>
  db
    .select()
    .from(validatorNodeSpells)
    .where(
      and(
        eq(validatorNodeSpells.setupRequestId, setupRequestId),
        gte(validatorNodeSpells.lastLookAt, time.from),
        lt(validatorNodeSpells.beganAt, time.to),
      ),
    )
    .orderBy(asc(validatorNodeSpells.beganAt), asc(validatorNodeSpells.sequence));

/** The cursor's row under a lock that orders who counts this validator's misses. */
export async function lockMissCursor(tx: Transaction, setupRequestId: string): Promise<bigint | null> {
  const row = { setupRequestId, readToHeightBlocks: NOTHING_READ };
  await tx.insert(validatorMissCursors).values(row).onConflictDoNothing();
  const [kept] = await tx
    .select()
    .from(validatorMissCursors)
    .where(eq(validatorMissCursors.setupRequestId, setupRequestId))
    .for("update");
  return readTo(kept?.readToHeightBlocks);
}

const NOTHING_READ = -1n;
const readTo = (height: bigint | undefined): bigint | null =>
  height === undefined || height === NOTHING_READ ? null : height;

export async function findMissCursor(db: Executor, setupRequestId: string): Promise<bigint | null> {
  const [row] = await db
    .select()
    .from(validatorMissCursors)
    .where(eq(validatorMissCursors.setupRequestId, setupRequestId));
  return readTo(row?.readToHeightBlocks);
}

export const moveMissCursor = (tx: Transaction, setupRequestId: string, readToHeightBlocks: bigint) =>
  tx
    .update(validatorMissCursors)
    .set({ readToHeightBlocks })
    .where(eq(validatorMissCursors.setupRequestId, setupRequestId));

type MissCount = { readonly hourAt: Date; readonly cause: MissCause; readonly missedBlocks: number };

export const addMisses = (tx: Transaction, setupRequestId: string, counts: readonly MissCount[]) =>
  counts.length === 0
    ? Promise.resolve([])
    : tx
        .insert(validatorMissHours)
        .values(counts.map((count) => ({ setupRequestId, ...count })))
        .onConflictDoUpdate({
          target: [validatorMissHours.setupRequestId, validatorMissHours.hourAt, validatorMissHours.cause],
          set: { missedBlocks: sql`${validatorMissHours.missedBlocks} + excluded.missed_blocks` },
        });

/** Oldest first. */
export const listMissHours = (db: Executor, setupRequestId: string, since: Date): Promise<MissCount[]> =>
  db
    .select({
      hourAt: validatorMissHours.hourAt,
      cause: validatorMissHours.cause,
      missedBlocks: validatorMissHours.missedBlocks,
    })
    .from(validatorMissHours)
    .where(and(eq(validatorMissHours.setupRequestId, setupRequestId), gt(validatorMissHours.hourAt, since)))
    .orderBy(asc(validatorMissHours.hourAt));

/** Forgets what is from before that time. */
export async function dropHistory(tx: Transaction, before: { readonly spells: Date; readonly all: Date }) {
  await tx.delete(SAMPLES).where(lt(SAMPLES.at, before.all));
  await tx.delete(validatorMissHours).where(lt(validatorMissHours.hourAt, before.all));
  await tx.delete(validatorNodeSpells).where(lt(validatorNodeSpells.lastLookAt, before.spells));
}
