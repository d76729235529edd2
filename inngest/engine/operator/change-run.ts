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

/** What became of the wish to run a run again. `isNew` is false where an earlier wish for the same run is still under way: `runId` is that one's. */
type RetryAnswer =
  | { readonly kind: "asked"; readonly runId: string; readonly isNew: boolean }
  | { readonly kind: "not_ended" }
  | { readonly kind: "function_gone" };

/**
 * Asks the engine to run the event of an ended run again, as a new run from its first step, which exists once the engine has taken up the wish.
 * While that run has not ended, every further wish is answered with it: two impatient presses are one repeat. Flow control does not apply to the
 * new run, save concurrency. Works while the engine is down.
 */
export async function retryRun(sql: Sql, runId: string): Promise<RetryAnswer> {
  return transact(sql, async (tx): Promise<RetryAnswer> => {
    // The lock puts wishes for one run in a row, so that the second sees the first.
    const [run] = await tx<{ function_id: string }[]>`
      select function_id from inngest_engine.runs where id = ${runId} and ended_at is not null for update`;
    if (run === undefined) return { kind: "not_ended" };
    const [alive] = await tx<{ id: string }[]>`
      select new_run_id as id from inngest_engine.replays where run_id = ${runId}
      union all
      select id from inngest_engine.runs where replay_of = ${runId} and ended_at is null
      limit 1`;
    if (alive !== undefined) return { kind: "asked", runId: alive.id, isNew: false };
    const registered = await tx`
      select 1 from inngest_engine.functions where id = ${run.function_id} and removed_at is null`;
    if (registered.length === 0) return { kind: "function_gone" };
    const newRunId = newId();
    await tx`
      insert into inngest_engine.replays (new_run_id, run_id, requested_at) values (${newRunId}, ${runId}, ${now()})`;
    await tx`select pg_notify('inngest_engine', '')`;
    return { kind: "asked", runId: newRunId, isNew: true };
  });
}
