import { transactionExpired, transactionFailed, transactionIncluded } from "@/server/domains/chain";
import { defineWork } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import { SETTLE_STEPS, SETUP_REQUEST, WORK_IDS } from "../constants";
import { confirmOnChain } from "../requests/confirm-on-chain";
import { settleTransactions } from "../requests/settle-transactions";

const LOOK_EVERY_MS = 2_000;
/** The chain shows the validator a block or two after it took the transaction; the sweep looks on after that. */
const CONFIRM_MINUTES = 2;

/** Takes in what came of a request's transaction; after a block has it, looks until the chain shows the validator. */
export const settleTransaction = defineWork<Ports>()({
  id: WORK_IDS.settleTransaction,
  on: [transactionIncluded, transactionFailed, transactionExpired],
  subject: "transactionId",
  words: SETTLE_STEPS,
  steps: {
    settle: {
      run: async (ctx, { data: { subject } }) => {
        if (subject.kind !== SETUP_REQUEST) return { isOver: true };
        return { isOver: !(await settleTransactions(ctx, { setupRequestId: subject.id })).isIncluded };
      },
    },
    confirm: {
      run: async (ctx, { data: { subject } }) => ({
        isWaiting: !(await confirmOnChain(ctx, { setupRequestId: subject.id })).isActive,
      }),
      look: { everyMs: LOOK_EVERY_MS, forMinutes: CONFIRM_MINUTES },
    },
  },
  concurrency: { oneAtATimeBy: "transactionId" },
  tries: 11,
  stalled: { because: "the sweep of requests that wait for the chain takes in their transactions itself" },
});
