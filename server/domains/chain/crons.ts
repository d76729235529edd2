import "server-only";
import type { Cron } from "@/server/kernel/work/declare-cron";
import type { Ports } from "@/server/ports/ports";
import { pruneHistory, resumeTransactions, rollUpHistory, sampleEarnings } from "./index";

const sweepTransactions: Cron<Ports> = {
  id: "chain.sweep-transactions",
  every: "* * * * *",
  retries: 0,
  steps: [
    {
      id: "transactions",
      title: "Take up transactions whose run was lost",
      run: (ctx) => resumeTransactions(ctx, {}),
    },
  ],
};

const rollUp: Cron<Ports> = {
  id: "chain.roll-up-history",
  every: "* * * * *",
  retries: 0,
  steps: [
    {
      id: "history",
      title: "Add the new blocks to the hours of each validator, and keep how each stands",
      run: (ctx) => rollUpHistory(ctx, {}),
    },
  ],
};

const prune: Cron<Ports> = {
  id: "chain.prune-history",
  every: "19 * * * *",
  retries: 0,
  steps: [
    {
      id: "history",
      title: "Leave one sample an hour of older ones, and forget those that no chart shows",
      run: (ctx) => pruneHistory(ctx, {}),
    },
  ],
};

/** Twice in the ten minutes of a sample: at their beginning the sample may not be there yet. */
const sampleOurs: Cron<Ports> = {
  id: "chain.sample-earnings",
  every: "*/5 * * * *",
  retries: 0,
  steps: [
    {
      id: "earnings",
      title: "Ask the chain for delegators, rewards and yearly rate of the validators that run here",
      run: (ctx) => sampleEarnings(ctx, {}),
    },
  ],
};

/** What this domain does by the clock. */
export const crons = [sweepTransactions, rollUp, prune, sampleOurs] as const;
