import "server-only";
import type { Cron } from "@/server/kernel/work/declare-cron";
import type { Ports } from "@/server/ports/ports";
import { resumeTransactions } from "./index";

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

/** What this domain does by the clock. */
export const crons = [sweepTransactions] as const;
