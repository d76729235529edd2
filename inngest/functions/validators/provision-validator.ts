import "server-only";
import { inngest } from "@/inngest/client";
import { asJob, failureOf } from "@/inngest/job-errors";
import { triggerOf } from "@/inngest/trigger-of";
import {
  PROVISION_STEP_IDS,
  recordSetupFailed,
  runProvisionStep,
  setupCancelled,
  setupRequested,
} from "@/server/domains/validators";
import { SETUP_CONCURRENCY, SETUP_TIMEOUT_MINUTES } from "@/server/domains/validators/constants";
import { jobContext } from "@/server/runtime/job-context";
import { passStep } from "@/server/runtime/step-probe";

const FUNCTION_ID = "validators.provision";
const PAUSE_SECONDS = 5;
/** Looks of 15 s and pauses of 5 s: thirty minutes. */
const MAX_LOOKS = (SETUP_TIMEOUT_MINUTES * 60) / 20;

/**
 * From a request to a node that is in sync and whose key is proven. The steps are the registry's. A step that fails for good ends the attempt
 * with its sentence; what was made is then given back by `validators.release`. Cancelling ends the run between two steps; the release waits on
 * the same concurrency key, so it never runs beside a step that is still under way.
 */
export const provisionValidator = inngest.createFunction(
  {
    id: FUNCTION_ID,
    triggers: [triggerOf(setupRequested)],
    retries: 3,
    concurrency: [{ limit: SETUP_CONCURRENCY }, { scope: "env", key: "event.data.setupRequestId", limit: 1 }],
    cancelOn: [{ event: triggerOf(setupCancelled), if: "event.data.setupRequestId == async.data.setupRequestId" }],
    timeouts: { finish: `${SETUP_TIMEOUT_MINUTES}m` },
    onFailure: async ({ event, step }) => {
      const { setupRequestId, generation } = event.data.event.data;
      await step.run("record-failure", () =>
        asJob(async () =>
          recordSetupFailed(await jobContext(FUNCTION_ID), {
            setupRequestId: String(setupRequestId),
            generation: Number(generation),
            errorCode: "kernel.unexpected",
            errorMessage: "Something failed that was not foreseen. The operator finds it in the job run; try again.",
          }),
        ),
      );
    },
  },
  async ({ event, step }) => {
    const { setupRequestId, generation } = event.data;
    const attempt = { setupRequestId, generation };
    const runStep = (name: string, stepId: (typeof PROVISION_STEP_IDS)[number]) =>
      step.run(name, () =>
        asJob(async () => {
          await passStep({ functionId: FUNCTION_ID, stepId, phase: "before" });
          const result = await runProvisionStep(await jobContext(FUNCTION_ID), attempt, stepId);
          await passStep({ functionId: FUNCTION_ID, stepId, phase: "after" });
          return { isWaiting: result.isWaiting ?? false, message: result.message };
        }),
      );
    try {
      for (const stepId of PROVISION_STEP_IDS) {
        let { isWaiting } = await runStep(stepId, stepId);
        for (let look = 2; isWaiting && look <= MAX_LOOKS; look += 1) {
          await step.sleep(`${stepId}-pause-${look}`, `${PAUSE_SECONDS}s`);
          ({ isWaiting } = await runStep(`${stepId}-${look}`, stepId));
        }
      }
    } catch (thrown) {
      const failure = failureOf(thrown);
      await step.run("record-failure", () =>
        asJob(async () =>
          recordSetupFailed(await jobContext(FUNCTION_ID), {
            ...attempt,
            errorCode: failure.code,
            errorMessage: failure.message,
          }),
        ),
      );
    }
  },
);
