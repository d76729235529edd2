import postgres from "postgres";
import { migrations } from "./schema";

/** A pool of connections. */
export type Sql = postgres.Sql;
/** A transaction; takes the same queries as the pool. */
export type Tx = postgres.TransactionSql;

/** Keys of pg_advisory_lock, chosen once; one guards migrations, the other is held for life by the active engine. */
const migrationLock = 7_046_211_001;
/** See `migrationLock`. */
export const leaderLock = 7_046_211_002;

/** Creates or updates the schema. Safe to call from several processes at once. */
export async function migrate(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${migrationLock})`;
    await tx`create schema if not exists inngest_engine`;
    await tx`create table if not exists inngest_engine.migrations (id integer primary key, applied_at timestamptz not null default now())`;
    const applied = new Set(
      (await tx<{ id: number }[]>`select id from inngest_engine.migrations`).map((row) => row.id),
    );
    for (const [index, statements] of migrations.entries()) {
      if (applied.has(index)) continue;
      await tx.unsafe(statements);
      await tx`insert into inngest_engine.migrations (id) values (${index})`;
    }
  });
}

/** Opens a pool that stays quiet about notices. */
export function openPool(
  databaseUrl: string,
  connections: number,
  options: { idle_timeout?: number; max_lifetime?: number | null } = {},
): Sql {
  return postgres(databaseUrl, {
    max: connections,
    connect_timeout: 5,
    // Seconds. The driver's own grows to twenty, with every connection of the pool that is refused, which would outlast the outage.
    backoff: (tries: number) => Math.min(0.1 * tries, 1),
    onnotice: () => {},
    connection: { application_name: "inngest_engine" },
    ...options,
  });
}

/** Deadlock and serialization failure: the whole transaction may be tried again (PostgreSQL appendix A, class 40). */
const retriableCodes = new Set(["40P01", "40001"]);

/** Runs a transaction, again when the database resolved a deadlock against it. */
export async function transact<T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // postgres.js types the result by unwrapping arrays of queries, which `work` never returns.
      return (await sql.begin(work)) as T;
    } catch (error) {
      const isRetriable = error instanceof postgres.PostgresError && retriableCodes.has(error.code);
      if (!isRetriable || attempt >= 10) throw error;
    }
  }
}

/** Whether an error says that the database could not be reached or is going down, so that the same work may succeed later. */
export function isDatabaseAbsent(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  const code = String(error.code);
  return /^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|CONNECTION_|57P0|08)/.test(code);
}
