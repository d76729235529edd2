import type { EngineContext } from "../engine-context";
import { type EngineEvent, storedEvent } from "../events/event";
import { holds, parseExpression, valueAtPath } from "../expression";
import type { Tx } from "../state/database";
import { type FinishContext, finishRun } from "./finish-run";
import { lockActiveRun } from "./run-row";
import { settleStep } from "./settle-step";

type WaitRow = { id: string; run_id: string; step_id: string | null; expression: string | null; event: string };

/** Hands an event to the runs that wait for it and ends those that it cancels. */
export async function matchWaits(context: EngineContext & FinishContext, tx: Tx, event: EngineEvent): Promise<void> {
  for (const wait of await candidates(tx, event, context.now())) {
    const condition = wait.expression === null ? undefined : parseExpression(wait.expression, ["event", "async"]);
    if (condition && !holds(condition, { event: storedEvent(wait.event), async: event })) continue;
    const run = await lockActiveRun(tx, wait.run_id);
    if (run === undefined) continue;
    if (wait.step_id === null) {
      await finishRun(context, tx, run, { kind: "cancelled", reason: `the event ${event.name} arrived` });
    } else {
      const memo = { json: JSON.stringify(event), failed: false };
      await settleStep(tx, run, wait.step_id, memo, context.newId(), context.now());
    }
  }
}

/** Waits for this event name whose indexed condition, where they have one, is met; in an order that is the same for every transaction. */
async function candidates(tx: Tx, event: EngineEvent, now: Date): Promise<WaitRow[]> {
  const paths = await tx<{ match_path: string | null }[]>`
    select distinct match_path from inngest_engine.waits where event_name = ${event.name}`;
  const known = paths
    .map((row) => row.match_path)
    .filter((path) => path !== null)
    .map((path) => ({ path, value: valueAtPath(path, event) }))
    .filter((match): match is { path: string; value: string } => match.value !== undefined);
  if (paths.length === 0) return [];
  return tx<WaitRow[]>`
    select w.id, w.run_id, w.step_id, w.expression, r.event
    from inngest_engine.waits w join inngest_engine.runs r on r.id = w.run_id
    where w.event_name = ${event.name} and (w.expires_at is null or w.expires_at > ${now})
      and (w.match_path is null
        or (w.match_path, w.match_value) in (select * from unnest(${known.map((match) => match.path)}::text[], ${known.map((match) => match.value)}::text[])))
    order by w.run_id, w.id`;
}
