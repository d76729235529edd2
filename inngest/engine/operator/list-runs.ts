import type { JobError } from "../runs/finish-run";
import type { RunStatus } from "../runs/run-row";
import type { Sql } from "../state/database";

/** A run in a list. Times are ISO 8601 instants; `nextAttemptAt` is set while a failed or undelivered call waits to be sent again. */
export type RunSummary = {
  readonly id: string;
  readonly functionId: string;
  readonly functionName: string;
  readonly status: RunStatus;
  readonly eventId: string;
  readonly eventName: string;
  readonly queuedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly error: JobError | null;
  /** Why it was cancelled. */
  readonly reason: string | null;
  readonly nextAttemptAt: string | null;
  /** Calls that failed or got lost so far, over all steps. */
  readonly failedAttempts: number;
  readonly replayOf: string | null;
};

/** Which runs to list; newest first. `cursor` is the `nextCursor` of the page before. */
export type RunQuery = {
  readonly functionId?: string;
  readonly status?: RunStatus;
  /** Leaves out the runs that a schedule started and that ended as they should: they are most of all, and say the least. */
  readonly hidesRoutine?: boolean;
  readonly limit: number;
  readonly cursor?: string;
};

/** One page of runs; `nextCursor` is null on the last. `hiddenCount` is how many runs of the same filters are left out as routine, over all pages. */
export type RunPage = {
  readonly runs: readonly RunSummary[];
  readonly nextCursor: string | null;
  readonly hiddenCount: number;
};

/** A run as the tables hold it, for `toSummary`. */
export type SummaryRow = {
  id: string;
  function_id: string;
  function_name: string;
  status: RunStatus;
  event_id: string;
  event_name: string;
  queued_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  error: string | null;
  reason: string | null;
  next_attempt_at: Date | null;
  failed_attempts: number;
  replay_of: string | null;
};

/** Lists runs, newest first, by at most 200. An unreadable cursor starts from the newest. */
export async function listRuns(sql: Sql, query: RunQuery): Promise<RunPage> {
  const limit = Math.max(1, Math.min(200, Math.trunc(query.limit)));
  const after = readCursor(query.cursor);
  // The same words as in the predicates of the partial indexes, and only where they apply: else the planner would not know them again.
  const routine = sql`(r.status = 'completed' and r.event_name = 'inngest/scheduled.timer')`;
  const filters = sql`
    (${query.functionId ?? null}::text is null or r.function_id = ${query.functionId ?? null})
    and (${query.status ?? null}::text is null or r.status = ${query.status ?? null})`;
  const rows = await sql<SummaryRow[]>`
    select r.id, r.function_id, r.function_name, r.status, r.event_id, r.event_name, r.queued_at, r.started_at, r.ended_at, r.error,
      r.reason, r.replay_of,
      (select min(c.available_at) from inngest_engine.calls c
        where c.run_id = r.id and not c.leased and (c.attempt > 0 or c.losses > 0 or c.refusals > 0)) as next_attempt_at,
      (select count(*) from inngest_engine.attempts a where a.run_id = r.id and a.outcome in ('error', 'lost'))::integer as failed_attempts
    from inngest_engine.runs r
    where ${filters} ${query.hidesRoutine ? sql`and not ${routine}` : sql``}
      and (${after?.id ?? null}::text is null or (r.queued_at, r.id) < (${after?.queuedAt ?? null}::timestamptz, ${after?.id ?? null}))
    order by r.queued_at desc, r.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const [hidden] = query.hidesRoutine
    ? await sql<{ count: number }[]>`
        select count(*)::integer as count from inngest_engine.runs r where ${routine} and ${filters}`
    : [];
  return {
    hiddenCount: hidden?.count ?? 0,
    runs: page.map(toSummary),
    nextCursor: rows.length > limit && last ? `${last.queued_at.toISOString()}_${last.id}` : null,
  };
}

/** A run of the tables as plain data. */
export function toSummary(row: SummaryRow): RunSummary {
  return {
    id: row.id,
    functionId: row.function_id,
    functionName: row.function_name,
    status: row.status,
    eventId: row.event_id,
    eventName: row.event_name,
    queuedAt: row.queued_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    error: readStoredError(row.error),
    reason: row.reason,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    failedAttempts: row.failed_attempts,
    replayOf: row.replay_of,
  };
}

/** An error as this engine stored it. */
export function readStoredError(json: string | null): JobError | null {
  return json === null ? null : (JSON.parse(json) as JobError);
}

function readCursor(cursor: string | undefined): { queuedAt: Date; id: string } | undefined {
  const bar = cursor?.indexOf("_") ?? -1;
  if (cursor === undefined || bar < 0) return undefined;
  const queuedAt = new Date(cursor.slice(0, bar));
  return Number.isNaN(queuedAt.getTime()) ? undefined : { queuedAt, id: cursor.slice(bar + 1) };
}
