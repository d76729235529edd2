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

/** 409: the rows are another installation's, which may still act on its own copy of them. */
export const installedElsewhere = (claimedAt: Date) =>
  invalidState(
    "operations.installed_elsewhere",
    `This database belongs to an installation on another machine or in another data directory, which claimed it on ${claimedAt.toISOString()}. If both ran, their nodes would sign with the same keys.`,
    { details: { claimedAt: claimedAt.toISOString() } },
  );
