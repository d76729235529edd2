import "server-only";
import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { sweepOrphans, sweepSetups, syncWaitingSetups } from "@/server/domains/validators";
import { jobContext } from "@/server/runtime/job-context";

/**
 * Each minute: requests whose work was lost (an event, a run, a whole job engine) are sent on their way again, those over their time fail with
 * a sentence, what was never given back is given back, and requests that wait for the chain are held against it and their transactions.
 */
export const sweepValidators = inngest.createFunction(
  { id: "validators.sweep", triggers: [cron("* * * * *")], retries: 0, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("setups", () => asJob(async () => sweepSetups(await jobContext("validators.sweep"), {})));
    await step.run("chain", () => asJob(async () => syncWaitingSetups(await jobContext("validators.sweep"), {})));
  },
);

/** Every quarter of an hour: what is on the hosts and in no row of ours is removed. */
export const sweepHostOrphans = inngest.createFunction(
  { id: "validators.sweep-orphans", triggers: [cron("*/15 * * * *")], retries: 0, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("orphans", () => asJob(async () => sweepOrphans(await jobContext("validators.sweep-orphans"), {})));
  },
);
