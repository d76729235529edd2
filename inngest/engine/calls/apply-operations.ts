import type { EngineContext } from "../engine-context";
import { completeEvent, internalEventNames, storedEvent } from "../events/event";
import { ExpressionError, indexedEquality, parseExpression } from "../expression";
import { readJobError } from "../protocol/job-error";
import { dataMemo, nameOf, type Operation, timesOf } from "../protocol/operation";
import { createRun } from "../runs/create-run";
import { enqueueStep } from "../runs/enqueue-call";
import type { JobError } from "../runs/finish-run";
import type { RunRow } from "../runs/run-row";
import { settleStep } from "../runs/settle-step";
import { parseDueTime } from "../scheduling/duration";
import type { Tx } from "../state/database";

/** The longest that an invocation or a wait without a timeout lasts: a year, as on the server. */
const longestWait = "365d";

/** A run cannot go on: something the engine does not implement, or a limit that is exceeded. */
export class RunImpossible extends Error {
  readonly error: JobError;

  constructor(error: JobError) {
    super(error.message);
    this.error = error;
  }
}

/** What one reported step did to its run. */
export type Applied = "progress" | "already known";

/** The kinds of step, beside those that the app itself ends, that the engine can do. */
export const implementedOps: ReadonlySet<string> = new Set(["StepPlanned", "Sleep", "WaitForEvent", "InvokeFunction"]);

/** The error of a run that asks for anything else. */
export function notImplemented(reported: Operation): RunImpossible {
  return new RunImpossible({
    name: "StepNotImplemented",
    message: `The step "${nameOf(reported)}" is of the kind ${reported.op}, which the embedded engine does not implement; use an Inngest server for this function.`,
  });
}

type StepStatus = "planned" | "sleeping" | "waiting" | "invoking";

/** Writes a step that ended inside the app: in an answer or a checkpoint, planned before or not. Says nothing when it had ended already. */
export async function recordEnded(
  context: EngineContext,
  tx: Tx,
  run: RunRow,
  reported: Operation,
  attempt: number,
): Promise<void> {
  const now = context.now();
  const failed = reported.op === "StepFailed" || reported.op === "StepError";
  const error = failed ? readJobError(reported.error ?? reported.data) : undefined;
  const memo = error ? JSON.stringify({ error }) : dataMemo(reported.data);
  const sizeBytes = Buffer.byteLength(memo);
  if (sizeBytes > context.settings.maxStepOutputBytes) {
    throw new RunImpossible({
      name: "StepOutputTooLarge",
      message: `The step "${nameOf(reported)}" returned ${sizeBytes} bytes and the limit is ${context.settings.maxStepOutputBytes}; store what is large elsewhere and return its id.`,
    });
  }
  const times = timesOf(reported, now);
  await tx`
    insert into inngest_engine.steps as s
      (run_id, id, op, name, status, holds_discovery, memo, attempts, last_error, completed_order, created_at, started_at, ended_at)
    values
      (${run.id}, ${reported.id}, ${opName(reported)}, ${nameOf(reported)}, ${failed ? "failed" : "completed"}, false, ${memo}, ${attempt + 1},
       ${error ? JSON.stringify(error) : null}, nextval('inngest_engine.step_order'), ${now}, ${times.startedAt}, ${times.endedAt})
    on conflict (run_id, id) do update
      set status = excluded.status, memo = excluded.memo, attempts = excluded.attempts, last_error = coalesce(excluded.last_error, s.last_error),
        completed_order = excluded.completed_order, started_at = excluded.started_at, ended_at = excluded.ended_at
      where s.status not in ('completed', 'failed')`;
}

/** Writes a step that the engine must do something for: plan, sleep, wait or invoke. Throws RunImpossible for any other kind. */
export async function applyReported(
  context: EngineContext,
  tx: Tx,
  run: RunRow,
  reported: Operation,
  holdsDiscovery: boolean,
): Promise<Applied> {
  const now = context.now();
  switch (reported.op) {
    case "StepPlanned": {
      if (!(await insertStep(tx, run, reported, "planned", holdsDiscovery, null, now))) return "already known";
      await enqueueStep(tx, run, reported.id, context.newId(), now);
      return "progress";
    }
    case "Sleep": {
      const until = parseDueTime(textOption(reported, "duration") ?? reported.name ?? "", now);
      if (until === undefined) throw unreadable(reported, "how long it sleeps");
      if (!(await insertStep(tx, run, reported, "sleeping", holdsDiscovery, until.dueAt.toISOString(), now)))
        return "already known";
      await insertTimer(tx, run.id, "sleep", reported.id, until.dueAt, until.spanMs);
      return "progress";
    }
    case "WaitForEvent":
      return waitForEvent(context, tx, run, reported, holdsDiscovery, now);
    case "InvokeFunction":
      return invoke(context, tx, run, reported, holdsDiscovery, now);
    default:
      throw notImplemented(reported);
  }
}

async function waitForEvent(
  context: EngineContext,
  tx: Tx,
  run: RunRow,
  reported: Operation,
  holdsDiscovery: boolean,
  now: Date,
): Promise<Applied> {
  const eventName = textOption(reported, "event") ?? reported.name ?? "";
  const until = parseDueTime(textOption(reported, "timeout") ?? longestWait, now);
  if (eventName === "" || until === undefined) throw unreadable(reported, "what it waits for and for how long");
  if (!(await insertStep(tx, run, reported, "waiting", holdsDiscovery, eventName, now))) return "already known";
  const source = textOption(reported, "if");
  const condition = source === undefined ? undefined : readCondition(source);
  if (condition instanceof ExpressionError) {
    const message = `The step "${nameOf(reported)}" cannot wait: in its if "${source}", ${condition.message}.`;
    await settleStep(tx, run, reported.id, failedMemo("ExpressionError", message), context.newId(), now);
    return "progress";
  }
  const equality = condition && indexedEquality(condition, storedEvent(run.event));
  await tx`
    insert into inngest_engine.waits (run_id, step_id, event_name, expression, match_path, match_value)
    values (${run.id}, ${reported.id}, ${eventName}, ${source ?? null}, ${equality?.path ?? null}, ${equality?.value ?? null})`;
  await insertTimer(tx, run.id, "wait", reported.id, until.dueAt, until.spanMs);
  return "progress";
}

async function invoke(
  context: EngineContext,
  tx: Tx,
  run: RunRow,
  reported: Operation,
  holdsDiscovery: boolean,
  now: Date,
): Promise<Applied> {
  const functionId = textOption(reported, "function_id") ?? "";
  const until = parseDueTime(textOption(reported, "timeout") ?? longestWait, now);
  if (until === undefined) throw unreadable(reported, "how long it waits for the invoked function");
  if (!(await insertStep(tx, run, reported, "invoking", holdsDiscovery, functionId, now))) return "already known";
  const config = context.registry.find(functionId);
  if (config === undefined) {
    const message = `The step "${nameOf(reported)}" cannot invoke "${functionId}": no registered function has this id.`;
    await settleStep(tx, run, reported.id, failedMemo("FunctionNotFound", message), context.newId(), now);
    return "progress";
  }
  const payload = reported.opts?.payload;
  const data: unknown = typeof payload === "object" && payload !== null ? Reflect.get(payload, "data") : undefined;
  const sent = {
    name: internalEventNames.invoked,
    data: {
      ...(typeof data === "object" && data !== null ? data : {}),
      _inngest: {
        correlation_id: `${run.id}.${reported.id}`,
        expire: until.dueAt.getTime(),
        fn_id: functionId,
        name: nameOf(reported),
        source_fn_id: run.function_id,
      },
    },
  };
  const event = completeEvent(sent, context.newId(), now);
  await createRun(context, tx, config, event, { parent: { runId: run.id, stepId: reported.id } });
  await insertTimer(tx, run.id, "invoke", reported.id, until.dueAt, until.spanMs);
  return "progress";
}

async function insertStep(
  tx: Tx,
  run: RunRow,
  reported: Operation,
  status: StepStatus,
  holdsDiscovery: boolean,
  detail: string | null,
  now: Date,
): Promise<boolean> {
  // A step that failed and waits for its retry is reported again as planned when it has become parallel meanwhile.
  const inserted = await tx`
    insert into inngest_engine.steps as s (run_id, id, op, name, status, holds_discovery, detail, created_at)
    values (${run.id}, ${reported.id}, ${opName(reported)}, ${nameOf(reported)}, ${status}, ${holdsDiscovery}, ${detail}, ${now})
    on conflict (run_id, id) do update set status = excluded.status, holds_discovery = excluded.holds_discovery where s.status = 'retrying'
    returning 1`;
  return inserted.length > 0;
}

async function insertTimer(
  tx: Tx,
  runId: string,
  kind: "sleep" | "wait" | "invoke",
  stepId: string,
  dueAt: Date,
  spanMs: number | null,
): Promise<void> {
  await tx`
    insert into inngest_engine.timers (run_id, kind, step_id, due_at, span_ms)
    values (${runId}, ${kind}, ${stepId}, ${dueAt}, ${spanMs})
    on conflict (run_id, kind, step_id) do nothing`;
}

function failedMemo(name: string, message: string): { json: string; failed: true } {
  return { json: JSON.stringify({ error: { name, message } satisfies JobError }), failed: true };
}

function readCondition(source: string) {
  try {
    return parseExpression(source, ["event", "async"]);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

function unreadable(reported: Operation, what: string): RunImpossible {
  return new RunImpossible({
    name: "StepUnreadable",
    message: `The step "${nameOf(reported)}" does not say ${what} in a form the engine reads.`,
  });
}

function textOption(reported: Operation, name: string): string | undefined {
  const value = reported.opts?.[name];
  return typeof value === "string" ? value : undefined;
}

function opName(reported: Operation): string {
  const type = textOption(reported, "type");
  if (type?.startsWith("step.")) return type.slice("step.".length);
  const names: Readonly<Record<string, string>> = {
    Sleep: "sleep",
    WaitForEvent: "waitForEvent",
    InvokeFunction: "invoke",
  };
  return names[reported.op] ?? "run";
}
