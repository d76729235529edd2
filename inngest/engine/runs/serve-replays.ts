import type { EngineContext } from "../engine-context";
import { storedEvent } from "../events/event";
import type { Tx } from "../state/database";
import { createRun } from "./create-run";

/** Starts the runs that operators asked to repeat; a run whose function is gone is not repeated, and the log says so. */
export async function serveReplays(context: EngineContext, tx: Tx): Promise<void> {
  const wanted = await tx<{ new_run_id: string; run_id: string }[]>`
    delete from inngest_engine.replays returning new_run_id, run_id`;
  for (const replay of wanted) {
    const [run] = await tx<{ function_id: string; event: string }[]>`
      select function_id, event from inngest_engine.runs where id = ${replay.run_id}`;
    const config = run && context.registry.find(run.function_id);
    if (run === undefined || config === undefined) {
      context.logger.warn({ runId: replay.run_id }, "engine.replay.dropped_without_function");
      continue;
    }
    await createRun(context, tx, config, storedEvent(run.event), { runId: replay.new_run_id, replayOf: replay.run_id });
  }
}
