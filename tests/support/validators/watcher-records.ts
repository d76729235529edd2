import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { eventually } from "../eventually";

/** What the watcher has kept of the chain of that database. */
export type WatcherRecords = {
  /** Height up to which it is sure of everything; 0 before the first. */
  readonly cursorHeightBlocks: number;
  /** Heights between the first and the cursor that have no row. */
  readonly holes: readonly number[];
  /** Ranges that it gave up as lost. */
  readonly gaps: number;
};

/** Reads its records from the rows. */
export async function readWatcherRecords(db: Database): Promise<WatcherRecords> {
  const [found] = await db.execute<{ cursor: number; holes: number[]; gaps: number }>(sql`
    select
      coalesce((select max(contiguous_height_blocks) from chain_states), 0)::int as cursor,
      (select count(*)::int from chain_sync_gaps) as gaps,
      array(
        select h::int from chain_states s, generate_series(s.first_height_blocks, s.contiguous_height_blocks) h
        where not exists (select 1 from chain_blocks b where b.network_id = s.network_id and b.height_blocks = h)
      ) as holes`);
  return { cursorHeightBlocks: found?.cursor ?? 0, holes: found?.holes ?? [], gaps: found?.gaps ?? 0 };
}

/**
 * Waits until the watcher did all of its work once more after that moment: its sign of life, two more blocks, and a look at every node that was there
 * and is not terminated.
 */
export async function untilWatched(db: Database, since: Date, timeoutMs = 30_000): Promise<void> {
  const { cursorHeightBlocks } = await readWatcherRecords(db);
  await eventually(
    "the watcher gives a sign of life",
    async () => {
      const [beat] = await db.execute<{ isNew: boolean }>(
        sql`select at > ${since.toISOString()}::timestamptz as "isNew" from process_heartbeats where component = 'watcher'`,
      );
      return beat?.isNew ?? false;
    },
    timeoutMs,
  );
  await eventually(
    `the watcher records blocks after ${cursorHeightBlocks}`,
    async () => (await readWatcherRecords(db)).cursorHeightBlocks >= cursorHeightBlocks + 2,
    timeoutMs,
  );
  await eventually(
    "the watcher has looked at every node",
    async () => {
      const [left] = await db.execute<{ count: number }>(sql`
      select count(*)::int as count from validator_nodes
      where status <> 'terminated' and created_at < ${since.toISOString()}::timestamptz
        and (last_seen_at is null or last_seen_at < ${since.toISOString()}::timestamptz)`);
      return left?.count === 0;
    },
    timeoutMs,
  );
}
