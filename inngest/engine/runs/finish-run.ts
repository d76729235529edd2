import type { EngineContext } from "../engine-context";
import { internalEventNames, storedEvent } from "../events/event";
import { insertInternalEvent } from "../events/insert-event";
import type { Tx } from "../state/database";
import { lockActiveRun, type RunRow } from "./run-row";
import { settleStep } from "./settle-step";

/** An error as the SDK writes and reads it. */
export type JobError = {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: unknown;
};

/** How a run ends. `output` is the JSON that the function returned. */
export type RunOutcome =
  | { readonly kind: "completed"; readonly output: string }
  | { readonly kind: "failed"; readonly error: JobError }
  | { readonly kind: "cancelled"; readonly reason: string };

/** The parts of the engine that ending a run needs; operators have them too. */
export type FinishContext = Pick<EngineContext, "newId" | "now"> & {
  /** Whether anything reacts to `inngest/function.finished`, which is made only then, as it repeats the whole output. */
  hasFinishListeners(): boolean;
};

/**
 * Ends a locked run: drops what was queued for it, resolves the step that invoked it, and makes the event that its failure handler or others
 * react to. A call that is executing keeps its place in the concurrency limits until it answers or its lease ends; its answer changes nothing.
 */
export async function finishRun(context: FinishContext, tx: Tx, run: RunRow, outcome: RunOutcome): Promise<void> {
  const now = context.now();
  const output = outcome.kind === "completed" ? outcome.output : null;
  const error = outcome.kind === "failed" ? JSON.stringify(outcome.error) : null;
  const reason = outcome.kind === "cancelled" ? outcome.reason : null;
  await tx`
    update inngest_engine.runs
    set status = ${outcome.kind}, output = ${output}, error = ${error}, reason = ${reason}, ended_at = ${now}
    where id = ${run.id}`;
  await tx`delete from inngest_engine.calls where run_id = ${run.id} and not leased`;
  await tx`delete from inngest_engine.waits where run_id = ${run.id}`;
  await tx`delete from inngest_engine.timers where run_id = ${run.id}`;
  await tx`
    update inngest_engine.steps set status = 'abandoned', ended_at = ${now}
    where run_id = ${run.id} and status not in ('completed', 'failed')`;
  await announce(context, tx, run, outcome, now);
  if (run.parent_run_id !== null && run.parent_step_id !== null) {
    const parent = await lockActiveRun(tx, run.parent_run_id);
    if (parent) await settleStep(tx, parent, run.parent_step_id, invokeMemo(run, outcome), context.newId(), now);
  }
}

async function announce(context: FinishContext, tx: Tx, run: RunRow, outcome: RunOutcome, now: Date): Promise<void> {
  const event = storedEvent(run.event);
  const about = { event, events: [event], function_id: run.function_id, run_id: run.id };
  if (outcome.kind === "failed") {
    const data = {
      ...about,
      _inngest: { status: "Failed" },
      error: { ...outcome.error, error: outcome.error.name },
      result: { ...outcome.error, __serialized: true },
    };
    await insertInternalEvent(tx, context.newId(), { name: internalEventNames.failed, data, id: run.id }, now);
  } else if (outcome.kind === "cancelled") {
    const error = { error: "function cancelled", name: "function cancelled", message: outcome.reason };
    const data = { ...about, _inngest: { status: "Cancelled" }, error };
    await insertInternalEvent(tx, context.newId(), { name: internalEventNames.cancelled, data }, now);
  }
  if (!context.hasFinishListeners()) return;
  const ending =
    outcome.kind === "completed"
      ? { _inngest: { status: "Completed" }, result: JSON.parse(outcome.output) }
      : outcome.kind === "failed"
        ? { _inngest: { status: "Failed" }, error: outcome.error }
        : { _inngest: { status: "Cancelled" } };
  await insertInternalEvent(
    tx,
    context.newId(),
    { name: internalEventNames.finished, data: { ...about, ...ending } },
    now,
  );
}

function invokeMemo(run: RunRow, outcome: RunOutcome): { json: string; failed: boolean } {
  if (outcome.kind === "completed") return { json: `{"data":${outcome.output}}`, failed: false };
  const error: JobError =
    outcome.kind === "failed"
      ? outcome.error
      : {
          name: "InvokedFunctionCancelled",
          message: `The invoked function ${run.function_id} was cancelled: ${outcome.reason}`,
        };
  return { json: JSON.stringify({ error }), failed: true };
}
