import type { EngineContext } from "../engine-context";

const batch = 1_000;

/** Deletes what is old: finished runs with their steps, handed-out events, and expired keys. Returns the number of runs deleted. */
export async function prune(context: EngineContext): Promise<number> {
  const now = context.now().getTime();
  const runsBefore = new Date(now - context.settings.keepFinishedRunsMs);
  const eventsBefore = new Date(now - context.settings.keepEventsMs);
  let runs = 0;
  for (;;) {
    const deleted = await context.sql`
      delete from inngest_engine.runs where id in (
        select id from inngest_engine.runs where ended_at < ${runsBefore} limit ${batch})`;
    runs += deleted.count;
    if (deleted.count < batch) break;
  }
  await context.sql`delete from inngest_engine.events where received_at < ${eventsBefore} and fanned_out`;
  await context.sql`delete from inngest_engine.dedupe where expires_at < ${new Date(now)}`;
  await context.sql`delete from inngest_engine.waits where expires_at < ${new Date(now)}`;
  await context.sql`
    delete from inngest_engine.throttles where next_arrival_ms < ${now}`;
  // Hits count for at most the longest period that a rate limit may state, a day on the server; a week leaves room.
  await context.sql`delete from inngest_engine.rate_limit_hits where at < ${new Date(now - 7 * 86_400_000)}`;
  return runs;
}
