import "server-only";
import type { Cron } from "@/server/kernel/work/declare-cron";
import { tendAgents } from "./index";

const tend: Cron = {
  id: "agents.tend",
  every: "* * * * *",
  retries: 0,
  steps: [
    {
      id: "tend",
      title: "Say which machines are silent, and forget tokens and commands whose time is over",
      run: (ctx) => tendAgents(ctx, {}),
    },
  ],
};

/** What this domain does by the clock. */
export const crons = [tend] as const;
