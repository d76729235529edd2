/** States of a job run; the last three are final. */
export const JOB_RUN_STATUSES = ["queued", "running", "completed", "failed", "cancelled"] as const;
export type JobRunStatus = (typeof JOB_RUN_STATUSES)[number];

/** Whether a list names the runs that a schedule started and that ended as they should; they come each minute and say the least. */
export const ROUTINE_RUNS = ["hidden", "shown"] as const;

/** States of a step of a run; `abandoned` was planned by a run that ended without it. */
export const JOB_STEP_STATUSES = [
  "planned",
  "retrying",
  "sleeping",
  "waiting",
  "invoking",
  "completed",
  "failed",
  "abandoned",
] as const;
export type JobStepStatus = (typeof JOB_STEP_STATUSES)[number];

/** An operator's reason stays in the audit log for ever: enough for a sentence, too little for a log file. */
export const MAX_REASON_LENGTH = 500;
export const MIN_REASON_LENGTH = 3;
