import "server-only";
import type { Cron } from "@/server/kernel/work/declare-cron";
import { pruneNotifications } from "./prune-notifications";

const prune: Cron = {
  id: "notifications.prune",
  every: "23 4 * * *",
  retries: 0,
  steps: [{ id: "prune", title: "Forget what was told long ago", run: (ctx) => pruneNotifications(ctx, {}) }],
};

/** What this domain does by the clock. */
export const crons = [prune] as const;
