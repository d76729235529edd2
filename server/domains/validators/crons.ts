import "server-only";
import type { Cron } from "@/server/kernel/work/declare-cron";
import type { Ports } from "@/server/ports/ports";
import {
  expireUnsignedSetups,
  noteFirstSigned,
  pruneNodeHistory,
  pruneReports,
  retireValidators,
  splitMisses,
  sweepOrphans,
  syncWaitingSetups,
} from "./index";

/** The chain is asked first: what somebody signed for just in time is not given back. */
const sweepRequests: Cron<Ports> = {
  id: "validators.sweep",
  every: "* * * * *",
  retries: 0,
  steps: [
    {
      id: "chain",
      title: "Hold requests that wait for the chain against it",
      run: (ctx) => syncWaitingSetups(ctx, {}),
    },
    {
      id: "unsigned",
      title: "Give back nodes that nobody signed for in time",
      run: (ctx) => expireUnsignedSetups(ctx, {}),
    },
    {
      id: "retired",
      title: "End validators that the chain has no more, and stop nodes that can never sign again",
      run: (ctx) => retireValidators(ctx, {}),
    },
    {
      id: "first-signed",
      title: "Note the first block that each new validator signed",
      run: (ctx) => noteFirstSigned(ctx, {}),
    },
  ],
};

const sweepHosts: Cron<Ports> = {
  id: "validators.sweep-orphans",
  every: "*/15 * * * *",
  retries: 0,
  steps: [{ id: "orphans", title: "Remove nodes on our hosts that no row knows", run: (ctx) => sweepOrphans(ctx, {}) }],
};

const pruneMachines: Cron<Ports> = {
  id: "validators.prune-reports",
  every: "41 * * * *",
  retries: 0,
  steps: [
    { id: "reports", title: "Forget yesterday's reports of people's machines", run: (ctx) => pruneReports(ctx, {}) },
    {
      id: "history",
      title: "Merge older samples of nodes into hours, and forget those that no chart shows",
      run: (ctx) => pruneNodeHistory(ctx, {}),
    },
  ],
};

const splitNewMisses: Cron<Ports> = {
  id: "validators.split-misses",
  every: "* * * * *",
  retries: 0,
  steps: [
    {
      id: "misses",
      title: "Give missed blocks their cause by how the node was then",
      run: (ctx) => splitMisses(ctx, {}),
    },
  ],
};

/** What this domain does by the clock. */
export const crons = [sweepRequests, sweepHosts, pruneMachines, splitNewMisses] as const;
