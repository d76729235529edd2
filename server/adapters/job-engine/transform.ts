import type { EngineStatus, JobError, RunDetail, RunSummary } from "@/inngest/engine/operator";
import type { JobEngineStatus, JobRun, JobRunDetail, JobRunError } from "@/server/ports/job-runs";

const toError = (error: JobError | null): JobRunError | null =>
  error === null ? null : { name: error.name, message: error.message, stack: error.stack ?? null };

/** The engine's run as ours. */
export const toJobRun = (run: RunSummary): JobRun => ({
  id: run.id,
  functionId: run.functionId,
  functionName: run.functionName,
  status: run.status,
  eventName: run.eventName,
  queuedAt: run.queuedAt,
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  error: toError(run.error),
  reason: run.reason,
  nextAttemptAt: run.nextAttemptAt,
  failedAttempts: run.failedAttempts,
  replayOf: run.replayOf,
});

/** The engine's run with its steps and calls as ours. */
export const toJobRunDetail = (run: RunDetail): JobRunDetail => ({
  ...toJobRun(run),
  event: run.event,
  output: run.output,
  maxAttempts: run.maxAttempts,
  parentRunId: run.parentRunId,
  steps: run.steps.map((step) => ({ ...step, error: toError(step.error) })),
  calls: run.attempts.map(({ stepId, attempt, startedAt, endedAt, outcome, error }) => ({
    stepId,
    attempt,
    startedAt,
    endedAt,
    outcome,
    error: toError(error),
  })),
});

/** The engine's own state as ours; `undefined` for one that has never run. */
export const toEngineStatus = (status: EngineStatus | undefined, functionIds: readonly string[]): JobEngineStatus => ({
  state: status?.state ?? "never_started",
  heartbeatAgeMs: status?.heartbeatAgeMs ?? null,
  startedAt: status?.startedAt ?? null,
  queueDepth: status?.queueDepth ?? 0,
  executingCalls: status?.executingCalls ?? 0,
  oldestDueAgeMs: status?.oldestDueAgeMs ?? null,
  activeRuns: status?.activeRuns ?? 0,
  functionIds,
  refusals: status?.apps.flatMap(({ refusal }) => (refusal === null ? [] : [refusal])) ?? [],
});
