import type { EngineContext } from "../engine-context";
import { internalEventNames, storedEvent } from "../events/event";
import { createRun } from "../runs/create-run";
import { type FinishContext, finishRun, type JobError } from "../runs/finish-run";
import { claimOnce, startTriggered } from "../runs/flow-control";
import { lockActiveRun, type RunRow } from "../runs/run-row";
import { settleStep } from "../runs/settle-step";
import type { Tx } from "../state/database";
import { latestTick, nextTick } from "./cron";

type TimerContext = EngineContext & FinishContext;
type TimerRow = { id: string; run_id: string; kind: "sleep" | "wait" | "invoke" | "start" | "finish"; step_id: string };

/** How long a cron tick is remembered as fired: longer than any clock is likely to be set back. */
const tickMemoryMs = 8 * 86_400_000;

/** Fires up to `limit` run timers that are due; returns how many there were. */
export async function fireTimers(context: TimerContext, tx: Tx, limit: number): Promise<number> {
  const due = await tx<TimerRow[]>`
    select id, run_id, kind, step_id from inngest_engine.timers
    where due_at <= ${context.now()} order by due_at limit ${limit}`;
  // Runs are locked in one order by every transaction that locks several.
  for (const timer of [...due].sort((a, b) => (a.run_id < b.run_id ? -1 : 1))) {
    const run = await lockActiveRun(tx, timer.run_id);
    const taken = await tx`delete from inngest_engine.timers where id = ${timer.id} returning 1`;
    if (run !== undefined && taken.length > 0) await fire(context, tx, run, timer);
  }
  return due.length;
}

async function fire(context: TimerContext, tx: Tx, run: RunRow, timer: TimerRow): Promise<void> {
  const now = context.now();
  switch (timer.kind) {
    case "sleep":
    case "wait":
      await settleStep(tx, run, timer.step_id, { json: "null", failed: false }, context.newId(), now);
      return;
    case "invoke": {
      const error: JobError = {
        name: "InngestInvokeTimeoutError",
        message: "The invoked function did not end within the timeout of the step that invoked it.",
      };
      await settleStep(tx, run, timer.step_id, { json: JSON.stringify({ error }), failed: true }, context.newId(), now);
      return;
    }
    case "start":
      await finishRun(context, tx, run, { kind: "cancelled", reason: "it did not start within timeouts.start" });
      return;
    case "finish":
      await finishRun(context, tx, run, { kind: "cancelled", reason: "it did not end within timeouts.finish" });
  }
}

/** Starts the runs of debounced keys whose quiet time is over. */
export async function fireDebounces(context: TimerContext, tx: Tx, limit: number): Promise<number> {
  const due = await tx<{ function_id: string; event: string }[]>`
    delete from inngest_engine.debounces where (function_id, key) in (
      select function_id, key from inngest_engine.debounces where due_at <= ${context.now()} order by due_at limit ${limit} for update)
    returning function_id, event`;
  for (const row of due) {
    const config = context.registry.find(row.function_id);
    if (config) await createRun(context, tx, config, storedEvent(row.event));
    else context.logger.warn({ functionId: row.function_id }, "engine.debounce.dropped_without_function");
  }
  return due.length;
}

/**
 * Starts the runs of schedules that are due. Of several ticks that were missed, only the latest is made up for; a tick that has fired never fires
 * again, also when the clock is set back over it.
 */
export async function fireCrons(context: TimerContext, tx: Tx): Promise<void> {
  const now = context.now();
  const due = await tx<{ function_id: string; cron: string }[]>`
    select function_id, cron from inngest_engine.crons where next_at <= ${now} for update`;
  for (const row of due) {
    const config = context.registry.find(row.function_id);
    const trigger = config?.triggers.find(
      (candidate) => candidate.kind === "cron" && candidate.schedule.source === row.cron,
    );
    if (config === undefined || trigger?.kind !== "cron") {
      await tx`delete from inngest_engine.crons where function_id = ${row.function_id} and cron = ${row.cron}`;
      continue;
    }
    await tx`
      update inngest_engine.crons set next_at = ${nextTick(trigger.schedule, now)}
      where function_id = ${row.function_id} and cron = ${row.cron}`;
    const tick = latestTick(trigger.schedule, now);
    const id = context.newId();
    if (!(await claimOnce(tx, `cron:${config.id}:${row.cron}`, tick.toISOString(), id, now, tickMemoryMs))) continue;
    const data = { cron: row.cron, fireAt: now.toISOString(), scheduledAt: tick.toISOString() };
    const event = { id, name: internalEventNames.timer, data, ts: tick.getTime(), user: {} };
    await startTriggered(context, tx, config, event);
  }
}

/** Makes the table of schedules equal to what is registered; a new schedule first ticks after now. */
export async function syncCrons(context: EngineContext, tx: Tx): Promise<void> {
  for (const config of context.registry.all()) {
    for (const trigger of config.triggers) {
      if (trigger.kind !== "cron") continue;
      await tx`
        insert into inngest_engine.crons (function_id, cron, next_at)
        values (${config.id}, ${trigger.schedule.source}, ${nextTick(trigger.schedule, context.now())})
        on conflict (function_id, cron) do nothing`;
    }
  }
}

/**
 * After the clock was set back: nothing that was asked for as a length of time may be further away than that length, and no lease longer than
 * a lease. Fixed instants stay what they are.
 */
export async function clampToClock(context: EngineContext, tx: Tx): Promise<void> {
  const now = context.now();
  await tx`
    update inngest_engine.timers set due_at = ${now}::timestamptz + span_ms * interval '1 millisecond'
    where span_ms is not null and due_at > ${now}::timestamptz + span_ms * interval '1 millisecond'`;
  await tx`
    update inngest_engine.debounces set due_at = ${now}::timestamptz + span_ms * interval '1 millisecond'
    where due_at > ${now}::timestamptz + span_ms * interval '1 millisecond'`;
  await tx`
    update inngest_engine.calls set available_at = ${now}::timestamptz + coalesce(delay_ms, 0) * interval '1 millisecond'
    where available_at > ${now}::timestamptz + coalesce(delay_ms, 0) * interval '1 millisecond'`;
  const latestLease = new Date(now.getTime() + context.settings.leaseMs);
  await tx`update inngest_engine.calls set lease_until = ${latestLease} where leased and lease_until > ${latestLease}`;
  const schedules = await tx<{ function_id: string; cron: string; next_at: Date }[]>`
    select function_id, cron, next_at from inngest_engine.crons`;
  for (const row of schedules) {
    const trigger = context.registry
      .find(row.function_id)
      ?.triggers.find((candidate) => candidate.kind === "cron" && candidate.schedule.source === row.cron);
    if (trigger?.kind !== "cron") continue;
    const expected = nextTick(trigger.schedule, now);
    if (row.next_at <= expected) continue;
    await tx`
      update inngest_engine.crons set next_at = ${expected} where function_id = ${row.function_id} and cron = ${row.cron}`;
  }
}
