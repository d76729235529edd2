import "server-only";
import type { Cron } from "@/server/kernel/work/declare-cron";
import { rollUpHealth, sampleHealth, tendServers } from "./index";

const tend: Cron = {
  id: "regions.tend",
  every: "* * * * *",
  retries: 0,
  steps: [
    { id: "servers", title: "Say which servers are silent", run: (ctx) => tendServers(ctx, {}) },
    { id: "health", title: "Keep how each region stands at this minute", run: (ctx) => sampleHealth(ctx, {}) },
  ],
};

const rollUp: Cron = {
  id: "regions.roll-up",
  every: "7 * * * *",
  retries: 0,
  steps: [
    {
      id: "hours",
      title: "Average minutes into hours, and forget old heartbeats",
      run: (ctx) => rollUpHealth(ctx, {}),
    },
  ],
};

/** What this domain does by the clock. */
export const crons = [tend, rollUp] as const;
