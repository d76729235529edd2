import "server-only";
import type { Database } from "@/db/client";
import type { Logger } from "@/server/kernel/logger";
import { claimUnsentEvents, markEventsFailed, markEventsSent } from "@/server/kernel/outbox";
import { inngest } from "./client";

const BATCH = 100;

/**
 * Sends committed events to the job engine, with the outbox id as event id, so that one that was sent but not marked (a crash between) is
 * dropped as known when it is sent again. Returns how many left; a failed send leaves them for the next relay and is thrown to nobody.
 */
export async function relayOutbox(db: Database, logger: Logger): Promise<number> {
  let sent = 0;
  for (;;) {
    const events = await claimUnsentEvents(db, BATCH);
    if (events.length === 0) return sent;
    const ids = events.map((event) => event.id);
    try {
      await inngest.send(events.map((event) => ({ id: event.id, name: event.name, data: { ...event.payload } })));
    } catch (thrown) {
      await markEventsFailed(db, ids, thrown instanceof Error ? thrown.message : String(thrown));
      logger.warn({ err: thrown, count: ids.length }, "outbox.relay.failed");
      return sent;
    }
    await markEventsSent(db, ids);
    sent += ids.length;
    if (events.length < BATCH) return sent;
  }
}
