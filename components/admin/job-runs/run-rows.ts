import type { StepState } from "@/components/state/step-timing";
import type { WaterfallRow } from "@/components/state/waterfall";
import type { JobStepStatus } from "@/server/domains/operations/constants";
import type { JobCall, JobRunDetail } from "@/server/domains/operations/schemas";

const STEP_STATE: Record<JobStepStatus, StepState> = {
  planned: "waiting",
  retrying: "retrying",
  sleeping: "running",
  waiting: "running",
  invoking: "running",
  completed: "done",
  failed: "failed",
  abandoned: "cancelled",
};

const KIND_WORDS: Record<string, string> = {
  sleep: "sleep",
  waitForEvent: "wait for an event",
  sendEvent: "send an event",
  invoke: "call a function",
};

const attemptsOf = (calls: readonly JobCall[]): WaterfallRow["attempts"] =>
  calls.map((call) => ({
    startedAt: call.startedAt,
    ...(call.endedAt === null ? {} : { endedAt: call.endedAt }),
    failed: call.outcome === "error" || call.outcome === "lost",
    ...(call.error ? { error: call.error.message } : {}),
  }));

/** Steps of a run on one time axis: tries where a step was called, its own span where it only waited. Steps that never began have no row. */
export function runRows(run: JobRunDetail, wordsOf: (stepName: string) => string): readonly WaterfallRow[] {
  return run.steps.flatMap((step): WaterfallRow[] => {
    const calls = attemptsOf(run.calls.filter((call) => call.stepId === step.id));
    const span =
      step.startedAt === null
        ? []
        : [
            {
              startedAt: step.startedAt,
              ...(step.endedAt === null ? {} : { endedAt: step.endedAt }),
              failed: step.status === "failed",
              ...(step.error ? { error: step.error.message } : {}),
            },
          ];
    const attempts = calls.length > 0 ? calls : span;
    const kind = KIND_WORDS[step.kind];
    return [
      {
        id: step.id,
        label: kind ? `${wordsOf(step.name)} (${kind})` : wordsOf(step.name),
        state: step.status === "planned" && attempts.length > 0 ? "running" : STEP_STATE[step.status],
        attempts,
        ...(attempts[0] ? { startedAt: attempts[0].startedAt } : {}),
        ...(step.endedAt === null ? {} : { endedAt: step.endedAt }),
        attempt: Math.max(1, step.attempts),
        maxAttempts: run.maxAttempts,
        ...(step.nextAttemptAt === null ? {} : { nextTryAt: step.nextAttemptAt }),
      },
    ];
  });
}
