import type { Tx } from "../state/database";

/** The states of a run; the last three are final. */
export type RunStatus = "queued" | "running" | "completed" | "failed" | "cancelled";

/** A run as it is needed to move it on. `event` is JSON. */
export type RunRow = {
  readonly id: string;
  readonly function_id: string;
  readonly status: RunStatus;
  readonly event: string;
  readonly gates: string[];
  readonly rank_at: Date;
  readonly max_attempts: number;
  readonly request_version: number;
  readonly parent_run_id: string | null;
  readonly parent_step_id: string | null;
  readonly started_at: Date | null;
};

/** Locks a run until the transaction ends; undefined when it does not exist or has ended. */
export async function lockActiveRun(tx: Tx, runId: string): Promise<RunRow | undefined> {
  const [run] = await tx<RunRow[]>`
    select id, function_id, status, event, gates, rank_at, max_attempts, request_version, parent_run_id, parent_step_id, started_at
    from inngest_engine.runs where id = ${runId} and status in ('queued', 'running') for update`;
  return run;
}
