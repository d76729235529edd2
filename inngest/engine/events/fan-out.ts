import type { EngineContext } from "../engine-context";
import { holds } from "../expression";
import type { FinishContext } from "../runs/finish-run";
import { startTriggered } from "../runs/flow-control";
import { matchWaits } from "../runs/match-waits";
import type { Tx } from "../state/database";
import { type EngineEvent, storedEvent } from "./event";

/** What handing out events needs. */
export type FanOutContext = EngineContext & FinishContext;

/** Starts the functions that an event triggers, each once, and serves the runs that wait for it or are cancelled by it. */
export async function fanOut(context: FanOutContext, tx: Tx, event: EngineEvent): Promise<void> {
  await matchWaits(context, tx, event);
  for (const config of context.registry.triggeredBy(event.name)) {
    const isTriggered = config.triggers.some(
      (trigger) =>
        trigger.kind === "event" &&
        trigger.event === event.name &&
        (trigger.condition === undefined || holds(trigger.condition.expression, { event })),
    );
    if (isTriggered) await startTriggered(context, tx, config, event);
  }
}

/** Hands out up to `limit` events that were written by the engine or an operator; returns how many there were. */
export async function fanOutWaiting(context: FanOutContext, tx: Tx, limit: number): Promise<number> {
  const rows = await tx<{ seq: string; payload: string }[]>`
    select seq, payload from inngest_engine.events where not fanned_out order by seq limit ${limit} for update skip locked`;
  for (const row of rows) {
    await fanOut(context, tx, storedEvent(row.payload));
    await tx`update inngest_engine.events set fanned_out = true where seq = ${row.seq}`;
  }
  return rows.length;
}
