import { invalidState } from "@/server/kernel/errors";

/** 409: only what is queued or running can be cancelled. */
export const jobRunEnded = (runId: string, status: string) =>
  invalidState("operations.job_run_ended", `This run has ended already (${status}), so there is nothing to cancel.`, {
    details: { runId, status },
  });

/** 409: what still runs is not run again beside itself. */
export const jobRunActive = (runId: string) =>
  invalidState(
    "operations.job_run_active",
    "This run has not ended. Wait for it, or cancel it first; then it can be run again.",
    { details: { runId } },
  );
