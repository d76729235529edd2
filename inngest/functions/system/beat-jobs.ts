import "server-only";
import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { healthChecks } from "@/server/http/health/checks";
import { runChecks } from "@/server/http/health/component";
import { recordLooks } from "@/server/kernel/component-days";
import { JOBS_BEAT, recordHeartbeat } from "@/server/kernel/heartbeats";
import { jobContext } from "@/server/runtime/job-context";
import { getRuntime } from "@/server/runtime/runtime";

/**
 * Each minute: a sign of life that only comes when the functions are registered, called, and let in with the right signature; and a look at every part,
 * of which the status page is made.
 */
export const beatJobs = inngest.createFunction(
  { id: "system.beat-jobs", triggers: [cron("* * * * *")], retries: 0, concurrency: [{ limit: 1 }] },
  async ({ step }) => {
    await step.run("beat", () =>
      asJob(async () => {
        const { db } = await jobContext("system.beat-jobs");
        await recordHeartbeat(db, { component: JOBS_BEAT, status: "ok", reason: null });
      }),
    );
    await step.run("look", () =>
      asJob(async () => {
        const runtime = await getRuntime();
        await recordLooks(runtime.db, await runChecks(healthChecks(runtime)), new Date());
      }),
    );
  },
);
