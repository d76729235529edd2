import { validatorJailed, validatorTombstoned, validatorUnjailed } from "@/server/domains/chain";
import { defineWork } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import { PENALTY_STEPS, WORK_IDS } from "../constants";
import { notePenalty, type Penalty } from "../story/note-penalty";

const PENALTY_OF: Readonly<Record<string, Penalty>> = {
  [validatorJailed.name]: "jailed",
  [validatorUnjailed.name]: "unjailed",
  [validatorTombstoned.name]: "tombstoned",
};

/** The chain's news of a validator that was made here, told to those who own it. */
export const notePenalties = defineWork<Ports>()({
  id: WORK_IDS.notePenalties,
  on: [validatorJailed, validatorUnjailed, validatorTombstoned],
  subject: "operatorAddress",
  words: PENALTY_STEPS,
  steps: {
    note: {
      run: async (ctx, { event, data: { networkId, operatorAddress, heightBlocks } }) => {
        const penalty = PENALTY_OF[event];
        if (penalty !== undefined) await notePenalty(ctx, { networkId, operatorAddress, heightBlocks, penalty });
        return {};
      },
    },
  },
  concurrency: { oneAtATimeBy: "operatorAddress" },
  tries: 11,
  stalled: { because: "no row of ours waits for it; the chain's own story has the news too" },
});
