import type { EngineContext } from "../engine-context";
import type { AppReply } from "../protocol/app-reply";
import { readJobError } from "../protocol/job-error";
import { nameOf, type Operation } from "../protocol/operation";
import { enqueueDiscovery } from "../runs/enqueue-call";
import { type FinishContext, finishRun, type JobError } from "../runs/finish-run";
import { lockActiveRun, type RunRow } from "../runs/run-row";
import { settleStep } from "../runs/settle-step";
import { redeliveryDelayMs, retryDelayMs } from "../scheduling/retry-delay";
import type { Tx } from "../state/database";
import { applyReported, implementedOps, notImplemented, RunImpossible, recordEnded } from "./apply-operations";
import type { LeasedCall } from "./call-row";
import { requireStepLimit } from "./step-limit";

/** What became of a call, for its record. */
type Ending = {
  readonly outcome: "ok" | "error" | "lost" | "stale";
  readonly error?: JobError;
  readonly retryAt?: Date;
};

/** How often in a row an answer was lost, and a sending did not arrive. */
type Patience = { readonly losses: number; readonly refusals: number };

type ReplyContext = EngineContext & FinishContext;

/** Writes what an app answered to a call. An answer to an execution that has been replaced meanwhile, or whose run has ended, changes nothing. */
export async function applyReply(
  context: ReplyContext,
  tx: Tx,
  call: LeasedCall,
  reply: AppReply,
): Promise<Ending["outcome"]> {
  const run = await lockActiveRun(tx, call.run_id);
  const [ours] = await tx<Patience[]>`
    select losses, refusals from inngest_engine.calls
    where id = ${call.id} and leased and request_id = ${call.requestId} for update`;
  if (ours === undefined) return record(context, tx, call, { outcome: "stale" });
  if (run === undefined) {
    await tx`delete from inngest_engine.calls where id = ${call.id}`;
    return record(context, tx, call, { outcome: "stale" });
  }
  return record(context, tx, call, await apply(context, tx, { ...call, ...ours }, run, reply));
}

async function apply(
  context: ReplyContext,
  tx: Tx,
  call: LeasedCall & Patience,
  run: RunRow,
  reply: AppReply,
): Promise<Ending> {
  switch (reply.kind) {
    case "undelivered":
      return postpone(context, tx, call, call.refusals + 1, reply.message);
    case "lost": {
      // As on the server, a call that is cut off is an attempt that failed: nobody can tell what it had done.
      const losses = call.losses + 1;
      const message = `The app went away ${losses} times in a row while it worked on this: ${reply.message}`;
      return failAttempt(context, tx, call, run, {
        stepId: call.step_id,
        error: { name: "AnswerLost", message },
        retriable: true,
        losses,
      });
    }
    case "returned":
      await tx`delete from inngest_engine.calls where id = ${call.id}`;
      await finishRun(context, tx, run, { kind: "completed", output: reply.output });
      return { outcome: "ok" };
    case "threw":
      // A step reports its own error as an operation; an error status is the function's, also while a planned step was asked for.
      return failAttempt(context, tx, call, run, { ...reply, stepId: null });
    case "operations": {
      await tx`update inngest_engine.runs set request_version = ${reply.requestVersion} where id = ${run.id}`;
      return applyOperations(context, tx, call, run, reply);
    }
  }
}

async function applyOperations(
  context: ReplyContext,
  tx: Tx,
  call: LeasedCall,
  run: RunRow,
  reply: Extract<AppReply, { kind: "operations" }>,
): Promise<Ending> {
  const failing = reply.operations.find((reported) => reported.op === "StepError");
  const ended = reply.operations.filter((reported) => ["StepRun", "Step", "StepFailed"].includes(reported.op));
  const completion = reply.operations.find((reported) => reported.op === "RunComplete");
  const others = reply.operations.filter((reported) => ![...ended, failing, completion].includes(reported));
  try {
    requireImplemented(others);
    for (const reported of ended) await recordStepEnd(context, tx, call, run, reported);
    if (failing) return await failStep(context, tx, call, run, failing, reply.retryAfterMs);
    await tx`delete from inngest_engine.calls where id = ${call.id}`;
    if (completion) {
      await finishRun(context, tx, run, { kind: "completed", output: JSON.stringify(completion.data ?? null) });
      return { outcome: "ok" };
    }
    // Version 2 of the protocol: steps found together wait for each other, unless they are told to race.
    const isGroup = others.length > 1 && reply.requestVersion >= 2;
    for (const reported of others) {
      await applyReported(context, tx, run, reported, isGroup && reported.opts?.parallelMode !== "race");
    }
    await requireStepLimit(context, tx, run.id);
    if (call.step_id === null && ended.length > 0 && others.length === 0)
      await enqueueDiscovery(tx, run, context.newId(), context.now());
    await requireFuture(tx, run, call);
    return { outcome: "ok" };
  } catch (error) {
    if (!(error instanceof RunImpossible)) throw error;
    await tx`delete from inngest_engine.calls where id = ${call.id}`;
    await finishRun(context, tx, run, { kind: "failed", error: error.error });
    return { outcome: "error", error: error.error };
  }
}

/** A planned step that ended asks for the next discovery by the rules of its group; one found and run at once is merely written down. */
async function recordStepEnd(
  context: ReplyContext,
  tx: Tx,
  call: LeasedCall,
  run: RunRow,
  reported: Operation,
): Promise<void> {
  if (reported.id !== call.step_id) return recordEnded(context, tx, run, reported, call.attempt);
  const [planned] = await tx<{ holds_discovery: boolean }[]>`
    select holds_discovery from inngest_engine.steps where run_id = ${run.id} and id = ${reported.id}`;
  await recordEnded(context, tx, run, reported, call.attempt);
  const [held] = await tx`
    select 1 from inngest_engine.steps
    where run_id = ${run.id} and holds_discovery and status in ('planned', 'sleeping', 'waiting', 'invoking') limit 1`;
  if (planned?.holds_discovery && held !== undefined) return;
  await enqueueDiscovery(tx, run, context.newId(), context.now());
}

async function failStep(
  context: ReplyContext,
  tx: Tx,
  call: LeasedCall,
  run: RunRow,
  reported: Operation,
  retryAfterMs: number | undefined,
): Promise<Ending> {
  const error = readJobError(reported.error);
  await tx`
    insert into inngest_engine.steps as s (run_id, id, op, name, status, holds_discovery, attempts, last_error, created_at)
    values (${run.id}, ${reported.id}, 'run', ${nameOf(reported)}, 'retrying', false, ${call.attempt + 1}, ${JSON.stringify(error)}, ${context.now()})
    on conflict (run_id, id) do update set attempts = excluded.attempts, last_error = excluded.last_error`;
  return failAttempt(context, tx, call, run, { stepId: reported.id, error, retriable: true, retryAfterMs });
}

/** What failed: a step, or with stepId null the function. */
type Failure = {
  readonly stepId: string | null;
  readonly error: JobError;
  readonly retriable: boolean;
  readonly retryAfterMs?: number | undefined;
  /** How often in a row the answer was lost; 0 when there was one. */
  readonly losses?: number;
};

/** Tries the call again later, or gives up: a step that used up its attempts fails for its function to catch, a function fails its run. */
async function failAttempt(
  context: ReplyContext,
  tx: Tx,
  call: LeasedCall,
  run: RunRow,
  failure: Failure,
): Promise<Ending> {
  const { stepId, error, losses = 0 } = failure;
  if (failure.retriable && call.attempt + 1 < run.max_attempts) {
    const delayMs = failure.retryAfterMs ?? retryDelayMs(call.attempt, context.settings.retry, Math.random());
    const retryAt = await requeue(context, tx, call, delayMs);
    await tx`
      update inngest_engine.calls set attempt = attempt + 1, losses = ${losses}, refusals = 0 where id = ${call.id}`;
    return { outcome: losses > 0 ? "lost" : "error", error, retryAt };
  }
  await tx`delete from inngest_engine.calls where id = ${call.id}`;
  if (stepId === null) {
    await finishRun(context, tx, run, { kind: "failed", error });
    return { outcome: "error", error };
  }
  await tx`update inngest_engine.steps set status = 'planned' where run_id = ${run.id} and id = ${stepId} and status = 'retrying'`;
  const memo = { json: JSON.stringify({ error }), failed: true };
  await settleStep(tx, run, stepId, memo, context.newId(), context.now());
  return { outcome: "error", error };
}

/** Sends the same attempt again: the app never saw it. */
async function postpone(
  context: ReplyContext,
  tx: Tx,
  call: LeasedCall,
  refusals: number,
  message: string,
): Promise<Ending> {
  const retryAt = await requeue(context, tx, call, redeliveryDelayMs(refusals - 1));
  await tx`update inngest_engine.calls set refusals = ${refusals} where id = ${call.id}`;
  return { outcome: "error", error: { name: "AppUnreachable", message }, retryAt };
}

/** Puts a call back in the queue. A discovery takes the place of one that was queued for its run meanwhile. */
async function requeue(context: ReplyContext, tx: Tx, call: LeasedCall, delayMs: number): Promise<Date> {
  const availableAt = new Date(context.now().getTime() + delayMs);
  if (call.step_id === null) {
    await tx`delete from inngest_engine.calls where run_id = ${call.run_id} and step_id is null and not leased`;
  }
  await tx`
    update inngest_engine.calls
    set leased = false, lease_until = null, available_at = ${availableAt}, delay_ms = ${delayMs}
    where id = ${call.id}`;
  return availableAt;
}

/** A run that nothing will ever call again must not stay "running" for ever. */
async function requireFuture(tx: Tx, run: RunRow, call: LeasedCall): Promise<void> {
  const [future] = await tx`
    select 1 where exists (select 1 from inngest_engine.calls where run_id = ${run.id})
      or exists (select 1 from inngest_engine.timers where run_id = ${run.id} and kind in ('sleep', 'wait', 'invoke'))`;
  const [unanswered] = await tx`
    select 1 from inngest_engine.steps where run_id = ${run.id} and id = ${call.step_id} and status not in ('completed', 'failed')`;
  if (future !== undefined && unanswered === undefined) return;
  throw new RunImpossible({
    name: "NoProgress",
    message:
      "The app answered without ending the run and without a step that it still waits for; the function changed while it ran, or is not deterministic.",
  });
}

/** Refuses a kind of step before anything else in the same answer is acted on, also beside a step that failed. */
function requireImplemented(reported: readonly Operation[]): void {
  const unknown = reported.find((step) => !implementedOps.has(step.op));
  if (unknown) throw notImplemented(unknown);
}

async function record(context: ReplyContext, tx: Tx, call: LeasedCall, ending: Ending): Promise<Ending["outcome"]> {
  await tx`
    update inngest_engine.attempts
    set ended_at = ${context.now()}, outcome = ${ending.outcome}, error = ${ending.error ? JSON.stringify(ending.error) : null}, retry_at = ${ending.retryAt ?? null}
    where request_id = ${call.requestId}`;
  return ending.outcome;
}
