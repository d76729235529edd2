import postgres from "postgres";
import type { Sql } from "../state/database";

/** Beyond this age of its last sign of life, an engine counts as away; it gives one each second. */
const awayAfterMs = 10_000;

/** An app that has registered. `refusal` says why its last registration was refused, while that is so. */
export type RegisteredApp = {
  readonly id: string;
  readonly url: string;
  readonly sdk: string;
  readonly functionCount: number;
  readonly registeredAt: string;
  readonly refusal: string | null;
};

/** How the engine does. `state` is `never_started` where the database has no engine schema, as with a configured Inngest server. */
export type EngineStatus = {
  readonly state: "active" | "away" | "never_started";
  readonly heartbeatAgeMs: number | null;
  readonly startedAt: string | null;
  /** Calls that are due and wait for a place. */
  readonly queueDepth: number;
  /** Calls that an app is answering. */
  readonly executingCalls: number;
  /** Since when the oldest due call waits. */
  readonly oldestDueAgeMs: number | null;
  readonly activeRuns: number;
  readonly apps: readonly RegisteredApp[];
};

const undefinedTable = new Set(["42P01", "3F000"]);

/** Reads the state of the engine of this database, whether or not one runs. */
export async function engineStatus(sql: Sql, now = new Date()): Promise<EngineStatus> {
  try {
    return await read(sql, now);
  } catch (error) {
    if (error instanceof postgres.PostgresError && undefinedTable.has(error.code)) return neverStarted;
    throw error;
  }
}

const neverStarted: EngineStatus = {
  state: "never_started",
  heartbeatAgeMs: null,
  startedAt: null,
  queueDepth: 0,
  executingCalls: 0,
  oldestDueAgeMs: null,
  activeRuns: 0,
  apps: [],
};

async function read(sql: Sql, now: Date): Promise<EngineStatus> {
  const [engine] = await sql<{ started_at: Date; heartbeat_at: Date }[]>`
    select started_at, heartbeat_at from inngest_engine.engine`;
  const [queue] = await sql<{ due: number; executing: number; oldest: Date | null; runs: number }[]>`
    select
      (select count(*) from inngest_engine.calls where not leased and available_at <= ${now})::integer as due,
      (select count(*) from inngest_engine.calls where leased)::integer as executing,
      (select min(available_at) from inngest_engine.calls where not leased and available_at <= ${now}) as oldest,
      (select count(*) from inngest_engine.runs where status in ('queued', 'running'))::integer as runs`;
  const apps = await sql<
    { id: string; url: string; sdk: string; functions: number; registered_at: Date; refusal: string | null }[]
  >`
    select a.id, a.url, a.sdk, a.registered_at, a.refusal,
      (select count(*) from inngest_engine.functions f where f.app_id = a.id and f.removed_at is null)::integer as functions
    from inngest_engine.apps a order by a.id`;
  const ageMs = engine ? Math.max(0, now.getTime() - engine.heartbeat_at.getTime()) : null;
  return {
    state: ageMs === null ? "never_started" : ageMs > awayAfterMs ? "away" : "active",
    heartbeatAgeMs: ageMs,
    startedAt: engine?.started_at.toISOString() ?? null,
    queueDepth: queue?.due ?? 0,
    executingCalls: queue?.executing ?? 0,
    oldestDueAgeMs: queue?.oldest ? now.getTime() - queue.oldest.getTime() : null,
    activeRuns: queue?.runs ?? 0,
    apps: apps.map((app) => ({
      id: app.id,
      url: app.url,
      sdk: app.sdk,
      functionCount: app.functions,
      registeredAt: app.registered_at.toISOString(),
      refusal: app.refusal,
    })),
  };
}
