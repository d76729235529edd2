import "server-only";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

/** One bucket to draw from: `limit` in a burst, refilled evenly over `periodSeconds`. */
export type RateLimitDraw = { readonly key: string; readonly limit: number; readonly periodSeconds: number };

/** What a draw left; `retryAfterSeconds` is 0 when it was allowed. */
export type RateLimitState = {
  readonly key: string;
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly retryAfterSeconds: number;
  /** Seconds until the bucket is full again. */
  readonly resetSeconds: number;
};

type Row = { key: string; drawn_ms: string | null; kept_ms: string | null };

/**
 * Draws once from each bucket by the generic cell rate algorithm (ITU-T I.371, virtual scheduling), in one statement and by the database's
 * clock, so that all copies of the web process share one count. A refused draw costs nothing. Keys must differ.
 */
export async function drawRateLimits(db: Database, draws: readonly RateLimitDraw[]): Promise<RateLimitState[]> {
  if (draws.length === 0) return [];
  // Locked in key order, so that two requests with the same buckets cannot deadlock.
  const sorted = [...draws].sort((a, b) => (a.key < b.key ? -1 : 1));
  const values = sql.join(
    sorted.map(
      (draw) =>
        sql`(${draw.key}::text, ${(draw.periodSeconds * 1000) / draw.limit}::float8, ${draw.periodSeconds * 1000}::float8)`,
    ),
    sql`, `,
  );
  const rows = await db.execute<Row>(sql`
    with draws (key, interval_ms, burst_ms) as (values ${values}),
    drawn as (
      insert into rate_limits as kept (key, theoretical_arrival_at)
      select key, now() + interval_ms * interval '1 millisecond' from draws order by key
      on conflict (key) do update
        set theoretical_arrival_at =
          greatest(kept.theoretical_arrival_at, now()) + (excluded.theoretical_arrival_at - now())
        where greatest(kept.theoretical_arrival_at, now()) + (excluded.theoretical_arrival_at - now())
          <= now() + (select burst_ms from draws where draws.key = excluded.key) * interval '1 millisecond'
      returning key, theoretical_arrival_at
    )
    select draws.key,
      extract(epoch from drawn.theoretical_arrival_at - now()) * 1000 as drawn_ms,
      extract(epoch from rate_limits.theoretical_arrival_at - now()) * 1000 as kept_ms
    from draws left join drawn using (key) left join rate_limits using (key)
  `);
  return sorted.map((draw) =>
    stateOf(
      draw,
      rows.find((row) => row.key === draw.key),
    ),
  );
}

function stateOf(draw: RateLimitDraw, row: Row | undefined): RateLimitState {
  const burstMs = draw.periodSeconds * 1000;
  const intervalMs = burstMs / draw.limit;
  const isAllowed = row?.drawn_ms != null;
  const arrivalMs = Number(row?.drawn_ms ?? row?.kept_ms ?? burstMs);
  return {
    key: draw.key,
    isAllowed,
    limit: draw.limit,
    // The column keeps milliseconds, so a whole number of intervals may come back a hair short.
    remaining: isAllowed ? Math.max(0, Math.floor((burstMs - arrivalMs + 1) / intervalMs)) : 0,
    retryAfterSeconds: isAllowed ? 0 : Math.max(1, Math.ceil((arrivalMs + intervalMs - burstMs) / 1000)),
    resetSeconds: Math.max(0, Math.ceil(arrivalMs / 1000)),
  };
}

/**
 * Forgets buckets that have been full for an hour; returns how many. One that is drawn from at this moment is left for the next time: who waits for it
 * while holding another could be waited for by the draw, and the draw would be the one to fail.
 */
export async function pruneRateLimits(db: Database): Promise<number> {
  const gone = await db.execute(sql`
    delete from rate_limits where key in (
      select key from rate_limits where theoretical_arrival_at < now() - interval '1 hour' for update skip locked
    ) returning key
  `);
  return gone.length;
}
