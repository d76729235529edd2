import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** Any number will do, so long as every copy that migrates uses the same: two at once must not interleave. */
const MIGRATION_LOCK = 7_215_003;
/** What a change of a table waits for, everybody behind it waits for too: a longer wait is given up, and begun again later. */
const LOCK_TIMEOUT_MS = 1_000;
const LOCK_TRIES = 60;
const PAUSE_BETWEEN_TRIES_MS = 500;
/** https://www.postgresql.org/docs/current/errcodes-appendix.html: lock_not_available. */
const LOCK_NOT_AVAILABLE = "55P03";

const isLockTimeout = (thrown: unknown): boolean => {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ("code" in error && error.code === LOCK_NOT_AVAILABLE) return true;
  }
  return false;
};

/** Applies all migrations that the database lacks, in one transaction; safe to call from several processes at once, and beside a product that runs. */
export async function migrateDatabase(
  url: string,
  migrationsFolder = join(process.cwd(), "db", "migrations"),
): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    // Another copy that migrates is waited for without a limit; only what it would change is not.
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await client.unsafe(`set lock_timeout = ${LOCK_TIMEOUT_MS}`);
    for (let tries = 1; ; tries += 1) {
      try {
        await migrate(drizzle(client), { migrationsFolder });
        return;
      } catch (thrown) {
        if (!isLockTimeout(thrown) || tries === LOCK_TRIES) throw thrown;
        await delay(PAUSE_BETWEEN_TRIES_MS);
      }
    }
  } finally {
    await client.end({ timeout: 5 });
  }
}
