import type { EngineContext } from "../engine-context";
import { storedEvent } from "../events/event";
import { type AppReply, readReply } from "../protocol/app-reply";
import { type CallContent, callRequest } from "../protocol/call-request";
import type { createSender } from "../protocol/send-request";
import { type FinishContext, finishRun } from "../runs/finish-run";
import { lockActiveRun } from "../runs/run-row";
import { isDatabaseAbsent, type Tx, transact } from "../state/database";
import { applyReply } from "./apply-reply";
import type { LeasedCall } from "./call-row";

/** What executing a call needs. */
export type ExecuteContext = EngineContext & FinishContext & { readonly sender: ReturnType<typeof createSender> };

/** Sends one leased call to its app and writes what came of it. Returns when all is written; throws only when the database stays away. */
export async function executeCall(context: ExecuteContext, call: LeasedCall): Promise<void> {
  const content = await untilDatabaseAnswers(context, () => transact(context.sql, (tx) => begin(context, tx, call)));
  if (content === undefined) return;
  const startedMs = performance.now();
  const reply = await askApp(context, content);
  const outcome = await untilDatabaseAnswers(context, () =>
    transact(context.sql, (tx) => applyReply(context, tx, call, reply)),
  );
  const about = {
    runId: call.run_id,
    functionId: call.function_id,
    stepId: call.step_id,
    attempt: call.attempt,
    durationMs: Math.round(performance.now() - startedMs),
    reply: reply.kind,
  };
  if (outcome === "ok" || outcome === "stale") context.logger.debug({ ...about, outcome }, "engine.call.answered");
  else context.logger.warn({ ...about, outcome, reason: reasonOf(reply) }, "engine.call.failed");
}

function reasonOf(reply: AppReply): string | undefined {
  if (reply.kind === "threw") return `${reply.error.name}: ${reply.error.message}`;
  return reply.kind === "undelivered" || reply.kind === "lost" ? reply.message : undefined;
}

/** Marks the run as started and gathers what the app must be told; undefined when there is nothing to send any more. */
async function begin(context: ExecuteContext, tx: Tx, call: LeasedCall): Promise<CallContent | undefined> {
  const now = context.now();
  const run = await lockActiveRun(tx, call.run_id);
  if (run === undefined) {
    await tx`delete from inngest_engine.calls where id = ${call.id} and request_id = ${call.requestId}`;
    return undefined;
  }
  const config = context.registry.find(run.function_id);
  if (config === undefined) {
    await tx`delete from inngest_engine.calls where id = ${call.id}`;
    const message = `The function ${run.function_id} is not registered any more; its app has started without it.`;
    await finishRun(context, tx, run, { kind: "failed", error: { name: "FunctionNotFound", message } });
    return undefined;
  }
  if (run.status === "queued") {
    await tx`update inngest_engine.runs set status = 'running', started_at = ${now} where id = ${run.id}`;
    await tx`delete from inngest_engine.timers where run_id = ${run.id} and kind = 'start'`;
    if (config.finishTimeoutMs !== undefined) {
      await tx`
        insert into inngest_engine.timers (run_id, kind, due_at, span_ms)
        values (${run.id}, 'finish', ${new Date(now.getTime() + config.finishTimeoutMs)}, ${config.finishTimeoutMs})
        on conflict (run_id, kind, step_id) do nothing`;
    }
  }
  await tx`
    insert into inngest_engine.attempts (run_id, request_id, step_id, attempt, started_at, outcome)
    values (${run.id}, ${call.requestId}, ${call.step_id}, ${call.attempt}, ${now}, 'running')
    on conflict (request_id) do nothing`;
  const steps = await endedSteps(tx, run.id);
  const [pending] = await tx`
    select 1 from inngest_engine.steps
    where run_id = ${run.id} and status in ('planned', 'sleeping', 'waiting', 'invoking') limit 1`;
  return {
    functionId: run.function_id,
    functionUrl: config.url,
    stepId: call.step_id,
    runId: run.id,
    callId: call.id,
    requestId: call.requestId,
    generation: call.generation,
    attempt: call.attempt,
    maxAttempts: run.max_attempts,
    requestVersion: run.request_version,
    hasPendingSteps: pending !== undefined,
    event: storedEvent(run.event),
    steps,
  };
}

/** The ended steps of a run in the order in which they ended, with what the SDK resolves each with. */
export async function endedSteps(
  tx: Tx | ExecuteContext["sql"],
  runId: string,
): Promise<{ id: string; memo: unknown }[]> {
  const rows = await tx<{ id: string; memo: string }[]>`
    select id, memo from inngest_engine.steps
    where run_id = ${runId} and status in ('completed', 'failed') order by completed_order`;
  return rows.map((row) => ({ id: row.id, memo: JSON.parse(row.memo) }));
}

async function askApp(context: ExecuteContext, content: CallContent): Promise<AppReply> {
  const request = callRequest(content, context.signingKey, Math.round(Date.now() / 1_000));
  const result = await context.sender.send(request, context.settings.callTimeoutMs);
  if (result.kind === "failed") return { kind: result.delivered ? "lost" : "undelivered", message: result.message };
  return readReply(result.answer, context.signingKey, context.now(), Math.round(Date.now() / 1_000));
}

/** Five minutes, in half seconds: an answer is worth keeping in memory while the database restarts. */
const maxDatabaseTries = 600;

async function untilDatabaseAnswers<T>(context: ExecuteContext, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseAbsent(error) || attempt >= maxDatabaseTries) throw error;
      if (attempt === 1) context.logger.warn({ err: error }, "engine.database.lost");
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
