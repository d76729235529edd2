import type { Tx } from "../state/database";
import type { EngineEvent } from "./event";

/**
 * Writes an event that the engine made. It is handed to its functions right after this transaction, so that what caused it and the event itself
 * are kept or lost together.
 */
export async function insertInternalEvent(
  tx: Tx,
  internalId: string,
  event: Pick<EngineEvent, "name" | "data"> & { readonly id?: string },
  now: Date,
): Promise<void> {
  const complete: EngineEvent = {
    id: event.id ?? internalId,
    name: event.name,
    data: event.data,
    ts: now.getTime(),
    user: {},
  };
  await tx`
    insert into inngest_engine.events (internal_id, id, name, payload, received_at, fanned_out)
    values (${internalId}, ${complete.id}, ${complete.name}, ${JSON.stringify(complete)}, ${now}, false)`;
}
