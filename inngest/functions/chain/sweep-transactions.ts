import "server-only";
import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { resumeTransactions } from "@/server/domains/chain";
import { jobContext } from "@/server/runtime/job-context";

/** Each minute: transactions on their way whose run was lost are taken up again. */
export const sweepTransactions = inngest.createFunction(
  { id: "chain.sweep-transactions", triggers: [cron("* * * * *")], retries: 0, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("transactions", () =>
      asJob(async () => resumeTransactions(await jobContext("chain.sweep-transactions"), {})),
    );
  },
);
