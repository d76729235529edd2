import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { pruneComponentDays } from "./component-days";
import { pruneRateLimits } from "./rate-limit";

/** Sent events are kept this long for people who ask what was sent. */
const KEEP_SENT_EVENTS_DAYS = 7;

/** Deletes rows of the kernel's own tables that have done their duty; returns counts. The audit log is not among them and never will be. */
export async function pruneSystemRows(db: Database) {
  const keys = await db.execute(
    sql`delete from idempotency_keys where created_at < now() - interval '24 hours' returning key`,
  );
  const events = await db.execute(
    sql`delete from outbox_events where sent_at < now() - make_interval(days => ${KEEP_SENT_EVENTS_DAYS}) returning id`,
  );
  return {
    idempotencyKeys: keys.length,
    outboxEvents: events.length,
    rateLimits: await pruneRateLimits(db),
    componentDays: await pruneComponentDays(db, new Date()),
  };
}
