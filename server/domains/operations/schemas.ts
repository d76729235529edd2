import { z } from "zod";
import { listInput } from "@/server/kernel/pagination";
import { patternText, wordsText } from "@/server/kernel/text";
import { JOB_RUN_STATUSES, JOB_STEP_STATUSES, MAX_REASON_LENGTH, MIN_REASON_LENGTH, ROUTINE_RUNS } from "./constants";

const instant = z.iso.datetime();
const JobRunError = z.object({ name: z.string(), message: z.string(), stack: z.string().nullable() });

/** Engine's own id of a run: a ULID. */
export const JobRunId = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/, "a run id");

export const ListJobRunsInput = z.strictObject({
  ...listInput,
  status: z.enum(JOB_RUN_STATUSES).optional(),
  functionId: z.string().min(1).max(200).optional(),
  routine: z.enum(ROUTINE_RUNS).default("hidden"),
});
export const JobRunRef = z.strictObject({ runId: JobRunId });
export const CancelJobRunInput = z.strictObject({
  runId: JobRunId,
  reason: wordsText(MIN_REASON_LENGTH, MAX_REASON_LENGTH),
});

export const JobRun = z
  .object({
    id: z.string(),
    functionId: z.string(),
    functionName: z.string(),
    status: z.enum(JOB_RUN_STATUSES),
    eventName: z.string(),
    queuedAt: instant,
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    error: JobRunError.nullable(),
    reason: z.string().nullable(),
    nextAttemptAt: instant.nullable(),
    failedAttempts: z.number().int(),
    replayOf: z.string().nullable(),
  })
  .meta({ id: "JobRun" });
export const JobStep = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    status: z.enum(JOB_STEP_STATUSES),
    attempts: z.number().int(),
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    error: JobRunError.nullable(),
    result: z.string().nullable(),
    dueAt: instant.nullable(),
    nextAttemptAt: instant.nullable(),
  })
  .meta({ id: "JobStep" });
export const JobCall = z
  .object({
    stepId: z.string().nullable(),
    attempt: z.number().int(),
    startedAt: instant,
    endedAt: instant.nullable(),
    outcome: z.enum(["running", "ok", "error", "lost", "stale"]),
    error: JobRunError.nullable(),
  })
  .meta({ id: "JobCall" });
export const JobRunDetail = JobRun.extend({
  event: z.string(),
  output: z.string().nullable(),
  maxAttempts: z.number().int(),
  parentRunId: z.string().nullable(),
  steps: z.array(JobStep).readonly(),
  calls: z.array(JobCall).readonly(),
}).meta({ id: "JobRunDetail" });
export const JobRunPage = z
  .object({
    items: z.array(JobRun),
    nextCursor: z.string().nullable(),
    hiddenCount: z.number().int(),
  })
  .meta({ id: "JobRunPage" });
/** The run that repeats another. */
export const JobRunRepeat = z.object({ runId: JobRunId, isNew: z.boolean() });
/** How the engine does; null where a job server with its own dashboard runs the jobs. */
export const JobEngine = z.object({
  dashboardUrl: z.string().nullable(),
  engine: z
    .object({
      state: z.enum(["active", "away", "never_started"]),
      heartbeatAgeMs: z.number().nullable(),
      startedAt: instant.nullable(),
      queueDepth: z.number().int(),
      executingCalls: z.number().int(),
      oldestDueAgeMs: z.number().nullable(),
      activeRuns: z.number().int(),
      functionIds: z.array(z.string()),
      refusals: z.array(z.string()),
    })
    .nullable(),
});

const sha256 = patternText(/^[0-9a-f]{64}$/, "a SHA-256 in hexadecimal", 64);

/** Where an installation runs; `isTakeOver` says that the one before is gone for good. */
export const ClaimInstallationInput = z.strictObject({
  machineHash: sha256.nullable(),
  dataDirHash: sha256,
  isTakeOver: z.boolean(),
});
export const InstallationClaim = z.object({ outcome: z.enum(["first", "same", "taken_over"]) });

export type JobRun = z.infer<typeof JobRun>;
export type JobStep = z.infer<typeof JobStep>;
export type JobCall = z.infer<typeof JobCall>;
export type JobRunDetail = z.infer<typeof JobRunDetail>;

const ComponentStatus = z.enum(["ok", "degraded", "down", "unknown"]);
/** Looks at a part on one UTC day by what they found; null where nobody looked. */
export const StatusDay = z.object({
  day: z.string(),
  looks: z
    .object({
      ok: z.number().int(),
      degraded: z.number().int(),
      down: z.number().int(),
      unknown: z.number().int(),
    })
    .nullable(),
});
export type StatusDay = z.infer<typeof StatusDay>;
/** Every part of the installation; `unknown` is what nobody looked at lately. */
export const InstallationStatus = z
  .object({
    components: z.array(
      z.object({
        name: z.string(),
        status: ComponentStatus,
        /** One sentence; null where all is well. */
        reason: z.string().nullable(),
        /** The last look. */
        at: z.string(),
        days: z.array(StatusDay),
      }),
    ),
    lookedAt: z.string().nullable(),
  })
  .meta({ id: "InstallationStatus" });
export type InstallationStatus = z.infer<typeof InstallationStatus>;
