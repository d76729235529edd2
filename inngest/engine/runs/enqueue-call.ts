import type { Tx } from "../state/database";
import type { RunRow } from "./run-row";

/** What a call inherits from its run. */
type RunOfCall = Pick<RunRow, "id" | "function_id" | "gates" | "rank_at">;

/** Asks for the next discovery of a run, at once; does nothing when one is already queued. */
export async function enqueueDiscovery(tx: Tx, run: RunOfCall, callId: string, now: Date): Promise<void> {
  await tx`
    insert into inngest_engine.calls (id, run_id, function_id, available_at, rank_at, gates)
    values (${callId}, ${run.id}, ${run.function_id}, ${now}, ${run.rank_at}, ${run.gates})
    on conflict (run_id) where step_id is null and not leased do nothing`;
}

/** Asks for one planned step, at once. */
export async function enqueueStep(tx: Tx, run: RunOfCall, stepId: string, callId: string, now: Date): Promise<void> {
  await tx`
    insert into inngest_engine.calls (id, run_id, function_id, step_id, available_at, rank_at, gates)
    values (${callId}, ${run.id}, ${run.function_id}, ${stepId}, ${now}, ${run.rank_at}, ${run.gates})
    on conflict (run_id, step_id) where step_id is not null do nothing`;
}
