import type { Sql } from "postgres";
import { until } from "./until";

/** A run as the engine keeps it; `error` is what it failed with. */
export type StoredRun = {
  readonly id: string;
  readonly status: string;
  readonly error: { name: string; message: string } | null;
  readonly reason: string | null;
};

/** The runs of a function, oldest first. */
export async function runsOf(sql: Sql, functionId: string): Promise<StoredRun[]> {
  const rows = await sql<{ id: string; status: string; error: string | null; reason: string | null }[]>`
    select id, status, error, reason from inngest_engine.runs where function_id = ${functionId} order by queued_at, id`;
  return rows.map((row) => ({ ...row, error: row.error === null ? null : JSON.parse(row.error) }));
}

/** Waits until so many runs of a function have ended, and returns all of its runs. */
export function awaitEnded(sql: Sql, functionId: string, count = 1, limitMs = 30_000): Promise<StoredRun[]> {
  return until(
    `${count} runs of ${functionId} to end`,
    async () => {
      const runs = await runsOf(sql, functionId);
      return runs.filter((run) => ["completed", "failed", "cancelled"].includes(run.status)).length >= count
        ? runs
        : undefined;
    },
    limitMs,
  );
}
