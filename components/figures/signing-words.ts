import type { BlockState } from "./block-grid-layout";

/** What each state of a block is called for a validator. */
export const SIGNING_WORDS: Record<BlockState, string> = {
  signed: "signed",
  missed: "missed",
  absent: "not in the set",
  unknown: "not read",
};
