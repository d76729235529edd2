import {
  validatorBonded,
  validatorEdited,
  validatorJailed,
  validatorLeftSet,
  validatorRemoved,
  validatorSlashed,
  validatorStakeChanged,
  validatorTombstoned,
  validatorUnjailed,
} from "@/server/domains/chain";
import { defineWork } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import { NEWS_STEPS, WORK_IDS } from "../constants";
import type { NewsKind } from "../story/news-words";
import { noteNews } from "../story/note-news";

const KIND_OF: Readonly<Record<string, NewsKind>> = {
  [validatorJailed.name]: "jailed",
  [validatorUnjailed.name]: "unjailed",
  [validatorTombstoned.name]: "tombstoned",
  [validatorSlashed.name]: "slashed",
  [validatorEdited.name]: "edited",
  [validatorStakeChanged.name]: "stake_changed",
  [validatorBonded.name]: "entered_set",
  [validatorLeftSet.name]: "left_set",
  [validatorRemoved.name]: "removed",
};

/** The chain's news of a validator that was made here, told to those who own it. */
export const noteChainNews = defineWork<Ports>()({
  id: WORK_IDS.noteNews,
  on: [
    validatorJailed,
    validatorUnjailed,
    validatorTombstoned,
    validatorSlashed,
    validatorEdited,
    validatorStakeChanged,
    validatorBonded,
    validatorLeftSet,
    validatorRemoved,
  ],
  subject: "operatorAddress",
  words: NEWS_STEPS,
  steps: {
    note: {
      run: async (ctx, { event, data: { networkId, operatorAddress, heightBlocks, details } }) => {
        const kind = KIND_OF[event];
        if (kind !== undefined) await noteNews(ctx, { networkId, operatorAddress, heightBlocks, kind, details });
        return {};
      },
    },
  },
  concurrency: { oneAtATimeBy: "operatorAddress" },
  tries: 11,
  stalled: { because: "no row of ours waits for it; the chain's own story has the news too" },
});
