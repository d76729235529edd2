import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { outboxEvents } from "@/db/schema/system";
import type { OutboundEvent } from "./context";
import { uuidv7 } from "./ids";

/** Name of the Postgres channel that is told when events were committed. */
export const OUTBOX_CHANNEL = "omniphi_outbox";

/** Writes the event beside the rows it speaks of: it exists if and only if they do. The id is the event's id wherever it is sent. */
export async function insertOutboxEvent(tx: Transaction, event: OutboundEvent, now: Date): Promise<void> {
  await tx.insert(outboxEvents).values({ id: uuidv7(), name: event.name, payload: event.data, createdAt: now });
  await tx.execute(sql`select pg_notify(${OUTBOX_CHANNEL}, '')`);
}
