import "server-only";
import type { ClaimedEvent } from "@/server/kernel/outbox";
import { inngest } from "./client";

/** Hands events to the job engine, with the outbox id as event id, so that one that was sent before and not marked is dropped as known. */
export async function sendEvents(events: readonly ClaimedEvent[]): Promise<void> {
  await inngest.send(events.map(({ id, name, payload }) => ({ id, name, data: { ...payload } })));
}
