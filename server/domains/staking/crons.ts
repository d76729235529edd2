import "server-only";
import type { Cron } from "@/server/kernel/work/declare-cron";
import type { Ports } from "@/server/ports/ports";
import { compoundDue, giveUpUnsignedActs, pruneActs, settleActs, settleCompoundRuns } from "./index";

const sweepActs: Cron<Ports> = {
  id: "staking.sweep",
  every: "* * * * *",
  retries: 0,
  steps: [
    { id: "settle", title: "Take in what the chain said of signed acts", run: (ctx) => settleActs(ctx, {}) },
    { id: "unsigned", title: "Give up acts that nobody signed", run: (ctx) => giveUpUnsignedActs(ctx, {}) },
  ],
};

const prune: Cron<Ports> = {
  id: "staking.prune",
  every: "43 4 * * *",
  retries: 0,
  steps: [{ id: "prune", title: "Forget acts that nobody signed", run: (ctx) => pruneActs(ctx, {}) }],
};

/** The outcomes first: while one is not known there is no second transaction. */
const compound: Cron<Ports> = {
  id: "staking.compound",
  every: "* * * * *",
  retries: 0,
  steps: [
    { id: "settle", title: "Take in what the chain said of compoundings", run: (ctx) => settleCompoundRuns(ctx, {}) },
    {
      id: "compound",
      title: "Stake again what was earned, as far as it was granted",
      run: (ctx) => compoundDue(ctx, {}),
    },
  ],
};

/** What this domain does by the clock. */
export const crons = [sweepActs, prune, compound] as const;
