import type { Tx } from "../state/database";
import { enqueueDiscovery } from "./enqueue-call";
import type { RunRow } from "./run-row";

/** What a step ended with: the JSON that the SDK resolves it with, and whether that is an error. */
export type StepMemo = { readonly json: string; readonly failed: boolean };

/**
 * Ends a step that was planned, asleep, waiting or invoking, and asks for the discovery of what follows. With parallel steps that wait for each
 * other (the SDK's default) only the last one asks. Says whether this call ended it; a step ends once. The run must be locked.
 */
export async function settleStep(
  tx: Tx,
  run: RunRow,
  stepId: string,
  memo: StepMemo,
  callId: string,
  now: Date,
): Promise<boolean> {
  const [settled] = await tx<{ holds_discovery: boolean }[]>`
    update inngest_engine.steps
    set status = ${memo.failed ? "failed" : "completed"}, memo = ${memo.json}, ended_at = ${now},
      completed_order = nextval('inngest_engine.step_order')
    where run_id = ${run.id} and id = ${stepId} and status in ('planned', 'sleeping', 'waiting', 'invoking')
    returning holds_discovery`;
  if (settled === undefined) return false;
  await tx`delete from inngest_engine.timers where run_id = ${run.id} and step_id = ${stepId}`;
  await tx`delete from inngest_engine.waits where run_id = ${run.id} and step_id = ${stepId}`;
  if (settled.holds_discovery) {
    const [held] = await tx`
      select 1 from inngest_engine.steps
      where run_id = ${run.id} and holds_discovery and status in ('planned', 'sleeping', 'waiting', 'invoking') limit 1`;
    if (held !== undefined) return true;
  }
  await enqueueDiscovery(tx, run, callId, now);
  return true;
}
