import type { JobError } from "../runs/finish-run";
import type { Sql } from "../state/database";
import { type RunSummary, readStoredError, type SummaryRow, toSummary } from "./list-runs";

/** A step of a run, in the order in which steps were found. */
export type StepDetail = {
  readonly id: string;
  readonly name: string;
  /** `run`, `sendEvent`, `sleep`, `waitForEvent` or `invoke`. */
  readonly kind: string;
  readonly status: "planned" | "retrying" | "sleeping" | "waiting" | "invoking" | "completed" | "failed" | "abandoned";
  readonly attempts: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** The last error, also of a step that succeeded later. */
  readonly error: JobError | null;
  /** What the step resolved with, as JSON text; null while it has not. */
  readonly result: string | null;
  /** When the engine acts by itself: a sleep ends, a wait times out. */
  readonly dueAt: string | null;
  /** When a failed attempt is tried again. */
  readonly nextAttemptAt: string | null;
};

/** A call that was sent to the app. `stepId` is null where the app was asked what comes next. */
export type AttemptDetail = {
  readonly stepId: string | null;
  readonly attempt: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: "running" | "ok" | "error" | "lost" | "stale";
  readonly error: JobError | null;
  readonly retryAt: string | null;
};

/** Everything about one run. `event` and `output` are JSON text. */
export type RunDetail = RunSummary & {
  readonly event: string;
  readonly output: string | null;
  readonly maxAttempts: number;
  readonly parentRunId: string | null;
  readonly steps: readonly StepDetail[];
  readonly attempts: readonly AttemptDetail[];
};

/** Reads one run with its steps and calls; undefined when there is none of this id. */
export async function getRun(sql: Sql, runId: string): Promise<RunDetail | undefined> {
  const [row] = await sql<
    (SummaryRow & { event: string; output: string | null; max_attempts: number; parent_run_id: string | null })[]
  >`
    select r.id, r.function_id, r.function_name, r.status, r.event_id, r.event_name, r.queued_at, r.started_at, r.ended_at, r.error,
      r.reason, r.replay_of, r.event, r.output, r.max_attempts, r.parent_run_id,
      (select min(c.available_at) from inngest_engine.calls c
        where c.run_id = r.id and not c.leased and (c.attempt > 0 or c.losses > 0 or c.refusals > 0)) as next_attempt_at,
      (select count(*) from inngest_engine.attempts a where a.run_id = r.id and a.outcome in ('error', 'lost'))::integer as failed_attempts
    from inngest_engine.runs r where r.id = ${runId}`;
  if (row === undefined) return undefined;
  return {
    ...toSummary(row),
    event: row.event,
    output: row.output,
    maxAttempts: row.max_attempts,
    parentRunId: row.parent_run_id,
    steps: await readSteps(sql, runId),
    attempts: await readAttempts(sql, runId),
  };
}

async function readSteps(sql: Sql, runId: string): Promise<StepDetail[]> {
  const rows = await sql<
    {
      id: string;
      name: string;
      op: string;
      status: StepDetail["status"];
      attempts: number;
      started_at: Date | null;
      ended_at: Date | null;
      last_error: string | null;
      memo: string | null;
      due_at: Date | null;
      next_attempt_at: Date | null;
    }[]
  >`
    select s.id, s.name, s.op, s.status, s.attempts, s.started_at, s.ended_at, s.last_error, s.memo,
      (select min(t.due_at) from inngest_engine.timers t where t.run_id = s.run_id and t.step_id = s.id) as due_at,
      (select min(c.available_at) from inngest_engine.calls c
        where c.run_id = s.run_id and not c.leased and c.attempt > 0
          and (c.step_id = s.id or (c.step_id is null and s.status = 'retrying'))) as next_attempt_at
    from inngest_engine.steps s where s.run_id = ${runId}
    order by s.created_at, s.completed_order nulls last, s.id`;
  return rows.map((step) => ({
    id: step.id,
    name: step.name,
    kind: step.op,
    status: step.status,
    attempts: step.attempts,
    startedAt: step.started_at?.toISOString() ?? null,
    endedAt: step.ended_at?.toISOString() ?? null,
    error: readStoredError(step.last_error),
    result: step.memo,
    dueAt: step.due_at?.toISOString() ?? null,
    nextAttemptAt: step.next_attempt_at?.toISOString() ?? null,
  }));
}

async function readAttempts(sql: Sql, runId: string): Promise<AttemptDetail[]> {
  const rows = await sql<
    {
      step_id: string | null;
      attempt: number;
      started_at: Date;
      ended_at: Date | null;
      outcome: AttemptDetail["outcome"];
      error: string | null;
      retry_at: Date | null;
    }[]
  >`
    select step_id, attempt, started_at, ended_at, outcome, error, retry_at
    from inngest_engine.attempts where run_id = ${runId} order by id`;
  return rows.map((attempt) => ({
    stepId: attempt.step_id,
    attempt: attempt.attempt,
    startedAt: attempt.started_at.toISOString(),
    endedAt: attempt.ended_at?.toISOString() ?? null,
    outcome: attempt.outcome,
    error: readStoredError(attempt.error),
    retryAt: attempt.retry_at?.toISOString() ?? null,
  }));
}
