import type { ActStatus, CompoundRunStatus, CompoundStatus } from "@/db/states/staking";
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

/** In words: paused and taken up again by a person; over when the chain holds no grant to go by. A new grant is a new row. */
export const COMPOUND_MOVES: TransitionTable<CompoundStatus> = {
  active: ["paused", "ended"],
  paused: ["active", "ended"],
  ended: [],
};

/** In words: sent until the chain has the last word; expired is none. */
export const COMPOUND_RUN_MOVES: TransitionTable<CompoundRunStatus> = {
  sent: ["done", "failed", "expired"],
  expired: ["done", "failed"],
  done: [],
  failed: [],
};
