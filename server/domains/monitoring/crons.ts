import "server-only";
import type { Cron } from "@/server/kernel/work/declare-cron";
import { pruneRecords } from "./prune-records";

const prune: Cron = {
  id: "monitoring.prune",
  every: "33 4 * * *",
  retries: 0,
  steps: [
    {
      id: "prune",
      title: "Forget alerts, incidents and silences that were over long ago",
      run: (ctx) => pruneRecords(ctx, {}),
    },
  ],
};

/** What this domain does by the clock. */
export const crons = [prune] as const;
