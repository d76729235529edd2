import "server-only";
import { inngest } from "@/inngest/client";
import { asJob, failureOf } from "@/inngest/job-errors";
import { triggerOf } from "@/inngest/trigger-of";
import { failOperation, operationRequested, operationStepIds, runOperationStep } from "@/server/domains/validators";
import { jobContext } from "@/server/runtime/job-context";
import { passStep } from "@/server/runtime/step-probe";

const FUNCTION_ID = "validators.operate-node";
const PAUSE_SECONDS = 5;
/** A look takes 15 s at most, so that all of them end before the run's own time does. */
const MAX_LOOKS = 70;

/** Stops, starts, replaces or removes one node, by the steps that the registry lists for the operation. */
export const operateNode = inngest.createFunction(
  {
    id: FUNCTION_ID,
    triggers: [triggerOf(operationRequested)],
    retries: 3,
    concurrency: [{ scope: "env", key: "event.data.setupRequestId", limit: 1 }],
    timeouts: { finish: "30m" },
    onFailure: async ({ event, step }) => {
      const { nodeId, generation } = event.data.event.data;
      await step.run("record-failure", () =>
        asJob(async () =>
          failOperation(await jobContext(FUNCTION_ID), {
            nodeId: String(nodeId),
            generation: Number(generation),
            runId: String(event.data.run_id),
            code: "kernel.unexpected",
            sentence: "Something failed that was not foreseen. The operator finds it in the job run; try again.",
          }),
        ),
      );
    },
  },
  async ({ event, step, runId }) => {
    const { nodeId, generation, operation } = event.data;
    const attempt = { nodeId, generation, operation, runId };
    let isBehind = false;
    const runStep = (name: string, stepId: ReturnType<typeof operationStepIds>[number]) =>
      step.run(name, () =>
        asJob(async () => {
          await passStep({ functionId: FUNCTION_ID, stepId, phase: "before" });
          const result = await runOperationStep(await jobContext(FUNCTION_ID), { ...attempt, isBehind }, stepId);
          await passStep({ functionId: FUNCTION_ID, stepId, phase: "after" });
          return result;
        }),
      );
    try {
      for (const stepId of operationStepIds(operation)) {
        let { isWaiting } = await runStep(stepId, stepId);
        for (let look = 2; isWaiting && look <= MAX_LOOKS; look += 1) {
          await step.sleep(`${stepId}-pause-${look}`, `${PAUSE_SECONDS}s`);
          ({ isWaiting } = await runStep(`${stepId}-${look}`, stepId));
        }
        isBehind ||= isWaiting;
      }
    } catch (thrown) {
      const failure = failureOf(thrown);
      await step.run("record-failure", () =>
        asJob(async () =>
          failOperation(await jobContext(FUNCTION_ID), {
            nodeId,
            generation,
            runId,
            code: failure.code,
            sentence: failure.message,
          }),
        ),
      );
    }
  },
);
