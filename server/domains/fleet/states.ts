import type { BulkRowStatus, BulkRunStatus } from "@/db/states/fleet";
import { canTransition, type TransitionTable } from "@/server/kernel/states";

/** In words: it runs and pauses as often as its operator wants; cancelling waits for the nodes that are being worked on. */
export const BULK_RUN_MOVES: TransitionTable<BulkRunStatus> = {
  running: ["paused", "cancelling", "done"],
  paused: ["running", "cancelling"],
  cancelling: ["cancelled"],
  cancelled: [],
  done: [],
};

/** In words: it waits for its turn, then is asked or refused; what was asked ends as the node's own operation does, or is done at once. */
export const BULK_ROW_MOVES: TransitionTable<BulkRowStatus> = {
  waiting: ["under_way", "done", "refused", "cancelled"],
  under_way: ["done", "failed"],
  done: [],
  failed: [],
  refused: [],
  cancelled: [],
};

export const canPause = (status: BulkRunStatus): boolean => canTransition(BULK_RUN_MOVES, status, "paused");
export const canResume = (status: BulkRunStatus): boolean => canTransition(BULK_RUN_MOVES, status, "running");
export const canCancel = (status: BulkRunStatus): boolean => canTransition(BULK_RUN_MOVES, status, "cancelling");
