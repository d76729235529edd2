import "server-only";
import { asc, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { processHeartbeats } from "@/db/schema/system";

/** Silence longer than this means that the process is gone; processes report every 5 to 10 s. */
export const HEARTBEAT_STALE_SECONDS = 30;

/** What a process says of itself. */
export type Heartbeat = {
  /** `engine`, `watcher`, `watcher:<chain id>`, `web`. */
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
