import "server-only";
import { cron } from "inngest";
import type { Cron } from "@/server/kernel/work/declare-cron";
import type { Ports } from "@/server/ports/ports";
import { jobContext } from "@/server/runtime/job-context";
import { inngest } from "./client";
import { asJob } from "./job-errors";

/** The durable function of what a domain does by the clock: its steps in order, one run at a time. */
export const functionOfCron = ({ id, every, retries, steps }: Cron<Ports>) =>
  inngest.createFunction({ id, triggers: [cron(every)], retries, concurrency: [{ limit: 1 }] }, async ({ step }) => {
    for (const one of steps) await step.run(one.id, () => asJob(async () => one.run(await jobContext(id))));
  });
