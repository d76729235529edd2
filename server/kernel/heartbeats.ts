import "server-only";
import { asc, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { processHeartbeats } from "@/db/schema/system";

/** Silence longer than this means that the process is gone; processes report every 5 to 10 s. */
export const HEARTBEAT_STALE_SECONDS = 30;

/** The component under which a scheduled job of each minute gives its sign of life. */
export const JOBS_BEAT = "scheduled-jobs";
/** Two ticks missed, and a late one still on its way. */
export const JOBS_BEAT_STALE_SECONDS = 200;

/** What a process says of itself. */
export type Heartbeat = {
  /** A process of the table in server/processes, `watcher:<chain id>`, or `scheduled-jobs`. */
  readonly component: string;
  readonly status: "ok" | "degraded" | "down";
  /** One sentence for people; null when all is well. */
  readonly reason: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** Writes the sign of life by the database's clock, over the one before. */
export async function recordHeartbeat(db: Executor, beat: Heartbeat): Promise<void> {
  const row = { status: beat.status, reason: beat.reason, details: { ...beat.details }, at: sql`now()` };
  await db
    .insert(processHeartbeats)
    .values({ component: beat.component, ...row })
    .onConflictDoUpdate({ target: processHeartbeats.component, set: row });
}

/** All signs of life with their age by the database's clock, by name. */
export async function listHeartbeats(db: Executor): Promise<(Heartbeat & { readonly ageSeconds: number })[]> {
  const rows = await db
    .select({
      component: processHeartbeats.component,
      status: processHeartbeats.status,
      reason: processHeartbeats.reason,
      details: processHeartbeats.details,
      ageSeconds: sql<number>`extract(epoch from now() - ${processHeartbeats.at})::float8`,
    })
    .from(processHeartbeats)
    .orderBy(asc(processHeartbeats.component));
  return rows;
}
