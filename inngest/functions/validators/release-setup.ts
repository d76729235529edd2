import "server-only";
import { inngest } from "@/inngest/client";
import { asJob } from "@/inngest/job-errors";
import { triggerOf } from "@/inngest/trigger-of";
import {
  RELEASE_STEP_IDS,
  type ReleaseState,
  runReleaseStep,
  setupCancelled,
  setupFailed,
} from "@/server/domains/validators";
import { jobContext } from "@/server/runtime/job-context";
import { passStep } from "@/server/runtime/step-probe";

const FUNCTION_ID = "validators.release";

/**
 * Gives back what a cancelled or failed request held: node, volume (unless a validator on the chain uses its key), slot. Waits for the step
 * that provisioning may still have under way. What it cannot do now it tries again; what it never manages the sweep finds.
 */
export const releaseSetup = inngest.createFunction(
  {
    id: FUNCTION_ID,
    triggers: [triggerOf(setupCancelled), triggerOf(setupFailed)],
    retries: 10,
    concurrency: [{ scope: "env", key: "event.data.setupRequestId", limit: 1 }],
    onFailure: async ({ event, step }) => {
      await step.run("log-failure", async () => {
        const ctx = await jobContext(FUNCTION_ID);
        ctx.logger.error({ setupRequestId: event.data.event.data.setupRequestId }, "validators.release.failed");
      });
    },
  },
  async ({ event, step }) => {
    const { setupRequestId } = event.data;
    let state: ReleaseState | null = null;
    for (const stepId of RELEASE_STEP_IDS) {
      const before: ReleaseState | null = state;
      state = await step.run(stepId, () =>
        asJob(async () => {
          await passStep({ functionId: FUNCTION_ID, stepId, phase: "before" });
          const after = await runReleaseStep(await jobContext(FUNCTION_ID), setupRequestId, stepId, before);
          await passStep({ functionId: FUNCTION_ID, stepId, phase: "after" });
          return after;
        }),
      );
    }
  },
);
