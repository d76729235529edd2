import type { ActStatus } from "@/db/states/staking";
import type { TransitionTable } from "@/server/kernel/states";

/**
 * In words: prepared until signed bytes are taken, or given up; submitted until the chain has the last word. Expired is no last word: a block may
 * have it after all.
 */
export const ACT_MOVES: TransitionTable<ActStatus> = {
  prepared: ["submitted", "withdrawn"],
  submitted: ["done", "failed", "expired"],
  expired: ["done", "failed"],
  done: [],
  failed: [],
  withdrawn: [],
};
