import { finishRun } from "../runs/finish-run";
import { lockActiveRun } from "../runs/run-row";
import { type Sql, transact } from "../state/database";
import { createUlidSource } from "../state/ulid";

const now = (): Date => new Date();
const newId = createUlidSource(now);

/**
 * Ends a run that is queued or running; false when there is no such run. A step that is executing goes on to its end in the app, and its result is
 * dropped. Works while the engine is down.
 */
export async function cancelRun(sql: Sql, runId: string, reason = "an operator cancelled it"): Promise<boolean> {
  return transact(sql, async (tx) => {
    const run = await lockActiveRun(tx, runId);
    if (run === undefined) return false;
    // Whether anything reacts to the end is known only to the engine; the event is cheap, as a cancelled run has no output.
    await finishRun({ now, newId, hasFinishListeners: () => true }, tx, run, { kind: "cancelled", reason });
    await tx`select pg_notify('inngest_engine', '')`;
    return true;
  });
}

/**
 * Asks the engine to run the event of an ended run again, as a new run from its first step. Returns the new run's id, which exists once the engine
 * has taken up the wish, or undefined when there is no such run or it has not ended. Flow control does not apply to it, save concurrency.
 */
export async function retryRun(sql: Sql, runId: string): Promise<string | undefined> {
  return transact(sql, async (tx) => {
    const [run] = await tx`select 1 from inngest_engine.runs where id = ${runId} and ended_at is not null`;
    if (run === undefined) return undefined;
    const newRunId = newId();
    await tx`
      insert into inngest_engine.replays (new_run_id, run_id, requested_at) values (${newRunId}, ${runId}, ${now()})`;
    await tx`select pg_notify('inngest_engine', '')`;
    return newRunId;
  });
}
