import type { Judgement } from "@/components/state/judgements";
import type { JobRunStatus } from "@/server/domains/operations/constants";

/** How a run stands. */
export const RUN_JUDGEMENT: Record<JobRunStatus, Judgement> = {
  queued: { state: "moving", word: "Queued" },
  running: { state: "moving", word: "Running" },
  completed: { state: "ok", word: "Completed" },
  failed: { state: "danger", word: "Failed" },
  cancelled: { state: "off", word: "Cancelled" },
};
