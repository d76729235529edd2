import "server-only";
import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { expireUnsignedSetups, sweepOrphans, syncWaitingSetups } from "@/server/domains/validators";
import { jobContext } from "@/server/runtime/job-context";

/** Each minute: requests that wait for the chain are held against it, and then nodes that nobody signed for in time are given back. */
export const sweepValidators = inngest.createFunction(
  { id: "validators.sweep", triggers: [cron("* * * * *")], retries: 0, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("chain", () => asJob(async () => syncWaitingSetups(await jobContext("validators.sweep"), {})));
    await step.run("unsigned", () => asJob(async () => expireUnsignedSetups(await jobContext("validators.sweep"), {})));
  },
);

/** Every quarter of an hour: what is on the hosts and in no row of ours is removed. */
export const sweepHostOrphans = inngest.createFunction(
  { id: "validators.sweep-orphans", triggers: [cron("*/15 * * * *")], retries: 0, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("orphans", () => asJob(async () => sweepOrphans(await jobContext("validators.sweep-orphans"), {})));
  },
);
