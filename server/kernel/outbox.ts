import { inArray, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
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

/** How long a batch that is being sent, or an event that the engine refused, is kept from the next pass. */
const CLAIM_LEASE_SECONDS = 20;

export type ClaimedEvent = {
  readonly id: string;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often it has been taken for sending, this time included. */
  readonly attempts: number;
};

/** Takes up to `limit` unsent events, oldest first; two relays never hold the same one while the lease runs. */
export async function claimUnsentEvents(db: Executor, limit: number): Promise<readonly ClaimedEvent[]> {
  const rows = await db.execute<ClaimedEvent>(sql`
    update outbox_events set claimed_at = now(), attempts = attempts + 1
    where id in (
      select id from outbox_events
      where sent_at is null and (claimed_at is null or claimed_at < now() - make_interval(secs => ${CLAIM_LEASE_SECONDS}))
      order by created_at, id limit ${limit} for update skip locked
    )
    returning id, name, payload, attempts`);
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Frees what a relay that is gone had taken; only for the one relay that holds the lock. */
export async function freeClaims(db: Executor): Promise<void> {
  await db.execute(sql`update outbox_events set claimed_at = null where sent_at is null and claimed_at is not null`);
}

/** The job engine has them. */
export async function markEventsSent(db: Executor, ids: readonly string[]): Promise<void> {
  await db
    .update(outboxEvents)
    .set({ sentAt: sql`now()`, lastError: null })
    .where(inArray(outboxEvents.id, [...ids]));
}

/** The job engine did not take them; the reason is kept. They are free again at once, or held back for the length of a lease. */
export async function markEventsFailed(
  db: Executor,
  ids: readonly string[],
  { error, isHeldBack }: { readonly error: string; readonly isHeldBack: boolean },
): Promise<void> {
  await db
    .update(outboxEvents)
    .set({ claimedAt: isHeldBack ? sql`now()` : null, lastError: error.slice(0, 500) })
    .where(inArray(outboxEvents.id, [...ids]));
}

/** Number of unsent events and the age of the oldest in seconds; the sign by which a broken relay is seen. */
export async function outboxBacklog(
  db: Executor,
): Promise<{ readonly count: number; readonly oldestAgeSeconds: number | null }> {
  const [row] = await db.execute<{ count: number; age: number | null }>(
    sql`select count(*)::int as count, extract(epoch from now() - min(created_at))::float8 as age from outbox_events where sent_at is null`,
  );
  return { count: row?.count ?? 0, oldestAgeSeconds: row?.age ?? null };
}
