import "server-only";
import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { relayOutbox } from "@/inngest/relay-outbox";
import { jobContext } from "@/server/runtime/job-context";

/** Each minute: events that the nudge after a commit did not get out. */
export const relayOutboxEachMinute = inngest.createFunction(
  { id: "system.relay-outbox", triggers: [cron("* * * * *")], retries: 0, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("relay", () =>
      asJob(async () => {
        const ctx = await jobContext("system.relay-outbox");
        return { sent: await relayOutbox(ctx.db, ctx.logger) };
      }),
    );
  },
);
