import type { EngineContext } from "../engine-context";
import type { Tx } from "../state/database";
import { RunImpossible } from "./apply-operations";

/** Throws RunImpossible when a run has more steps than it may have. */
export async function requireStepLimit(context: EngineContext, tx: Tx, runId: string): Promise<void> {
  const limit = context.settings.maxStepsPerRun;
  const [count] = await tx<{ steps: number }[]>`
    select count(*)::integer as steps from inngest_engine.steps where run_id = ${runId}`;
  if ((count?.steps ?? 0) <= limit) return;
  throw new RunImpossible({
    name: "TooManySteps",
    message: `The run has more than ${limit} steps, which is the limit; split it into several functions with step.invoke or step.sendEvent.`,
  });
}
