import "server-only";
import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { JOBS_BEAT, recordHeartbeat } from "@/server/kernel/heartbeats";
import { jobContext } from "@/server/runtime/job-context";

/** Each minute: a sign of life that only comes when the functions are registered, called, and let in with the right signature. */
export const beatJobs = inngest.createFunction(
  { id: "system.beat-jobs", triggers: [cron("* * * * *")], retries: 0, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("beat", () =>
      asJob(async () => {
        const { db } = await jobContext("system.beat-jobs");
        await recordHeartbeat(db, { component: JOBS_BEAT, status: "ok", reason: null });
      }),
    );
  },
);
