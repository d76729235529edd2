import "server-only";
import { transactionExpired, transactionFailed, transactionIncluded } from "@/server/domains/chain";
import { defineWork } from "@/server/kernel/work/declare-work";
import type { Ports } from "@/server/ports/ports";
import { settleAct } from "./acts/settle-act";
import { settleCompoundRun } from "./compound/settle-run";
import { ACT_SUBJECT, COMPOUND_RUN_SUBJECT, SETTLE_STEPS } from "./constants";

/** Takes in what came of the transaction of an act or of a compounding. */
const settleActWork = defineWork<Ports>()({
  id: "staking.settle-act",
  on: [transactionIncluded, transactionFailed, transactionExpired],
  subject: "transactionId",
  words: SETTLE_STEPS,
  steps: {
    settle: {
      run: async (ctx, { data: { subject } }) => {
        if (subject.kind === ACT_SUBJECT) await settleAct(ctx, { actId: subject.id });
        if (subject.kind === COMPOUND_RUN_SUBJECT) await settleCompoundRun(ctx, { runId: subject.id });
        return {};
      },
    },
  },
  concurrency: { oneAtATimeBy: "transactionId" },
  tries: 11,
  stalled: { because: "the sweep of acts takes in their transactions itself" },
});

/** All durable work of the domain. */
export const work = [settleActWork] as const;
