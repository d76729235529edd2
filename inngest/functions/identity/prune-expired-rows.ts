import "server-only";
import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { pruneExpired } from "@/server/domains/identity";
import { pruneSystemRows } from "@/server/kernel/prune-system-rows";
import { jobContext } from "@/server/runtime/job-context";

/** Each hour: statements, sessions, keys and buckets that nobody can use any more. */
export const pruneExpiredRows = inngest.createFunction(
  { id: "identity.prune-expired-rows", triggers: [cron("23 * * * *")], retries: 3, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("identity", () =>
      asJob(async () => pruneExpired(await jobContext("identity.prune-expired-rows"), {})),
    );
    await step.run("system", () =>
      asJob(async () => pruneSystemRows((await jobContext("identity.prune-expired-rows")).db)),
    );
  },
);
