import type { CallOptions } from "./call-options";

export type JobRunStatus = "queued" | "running" | "completed" | "failed" | "cancelled";

export type JobRunError = { readonly name: string; readonly message: string; readonly stack: string | null };

/** One run of a durable function. Instants are ISO 8601; `nextAttemptAt` is set while a failed call waits to be tried again. */
export type JobRun = {
  readonly id: string;
  readonly functionId: string;
  readonly functionName: string;
  readonly status: JobRunStatus;
  readonly eventName: string;
  readonly queuedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly error: JobRunError | null;
  /** Why it was cancelled. */
  readonly reason: string | null;
  readonly nextAttemptAt: string | null;
  /** Calls that failed or got lost so far, over all steps. */
  readonly failedAttempts: number;
  /** The run that this one repeats. */
  readonly replayOf: string | null;
};

export type JobStepStatus =
  | "planned"
  | "retrying"
  | "sleeping"
  | "waiting"
  | "invoking"
  | "completed"
  | "failed"
  | "abandoned";

/** One step that a run has reported. `result` is JSON text; `dueAt` is when a sleep or a wait ends by itself. */
export type JobStep = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly status: JobStepStatus;
  readonly attempts: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly error: JobRunError | null;
  readonly result: string | null;
  readonly dueAt: string | null;
  readonly nextAttemptAt: string | null;
};

/** One call of our portal by the engine; `stepId` is null where it asked what comes next. */
export type JobCall = {
  readonly stepId: string | null;
  readonly attempt: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: "running" | "ok" | "error" | "lost" | "stale";
  readonly error: JobRunError | null;
};

/** A run with all that is known of it; `event` and `output` are JSON text. */
export type JobRunDetail = JobRun & {
  readonly event: string;
  readonly output: string | null;
  readonly maxAttempts: number;
  readonly parentRunId: string | null;
  readonly steps: readonly JobStep[];
  readonly calls: readonly JobCall[];
};

export type JobRunQuery = {
  readonly functionId?: string | undefined;
  readonly status?: JobRunStatus | undefined;
  /** Leaves out what a schedule started and what ended as it should. */
  readonly hidesRoutine: boolean;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** A page of runs; `hiddenCount` is how many runs of the same filters are left out as routine, over all pages. */
export type JobRunPage = {
  readonly items: readonly JobRun[];
  readonly nextCursor: string | null;
  readonly hiddenCount: number;
};

/** The run that repeats another; `isNew` is false where it was asked for before and has not ended. */
export type JobRunRepeat = { readonly runId: string; readonly isNew: boolean };

/** How the engine itself does; `never_started` where it has never run on this database. */
export type JobEngineStatus = {
  readonly state: "active" | "away" | "never_started";
  readonly heartbeatAgeMs: number | null;
  readonly startedAt: string | null;
  /** Calls that are due and wait for a place. */
  readonly queueDepth: number;
  readonly executingCalls: number;
  readonly oldestDueAgeMs: number | null;
  readonly activeRuns: number;
  readonly functionIds: readonly string[];
  /** Why an application's last registration was refused. */
  readonly refusals: readonly string[];
};

/**
 * The runs of durable functions, as an operator sees and steers them. Where a separate job server runs them (`dashboardUrl` is set), that
 * server's own dashboard is the place for this, and every method throws upstream_rejected `jobs.run_elsewhere`.
 */
export type JobRuns = {
  readonly dashboardUrl: string | null;
  /** @throws upstream_unavailable `jobs.engine_unreachable` */
  status(options?: CallOptions): Promise<JobEngineStatus>;
  /** Newest first. @throws upstream_unavailable `jobs.engine_unreachable` */
  list(query: JobRunQuery, options?: CallOptions): Promise<JobRunPage>;
  /** @throws not_found `jobs.run_not_found`, upstream_unavailable `jobs.engine_unreachable` */
  get(runId: string, options?: CallOptions): Promise<JobRunDetail>;
  /** Ends a run that is queued or running; false when it has ended already. @throws upstream_unavailable `jobs.engine_unreachable` */
  cancel(runId: string, reason: string, options?: CallOptions): Promise<boolean>;
  /**
   * Runs the event of an ended run again as a new run; asked again while that one has not ended, answers with it. Null when the run has not ended.
   * @throws invalid_state `jobs.function_gone`, upstream_unavailable `jobs.engine_unreachable`
   */
  retry(runId: string, options?: CallOptions): Promise<JobRunRepeat | null>;
};
