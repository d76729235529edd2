import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** Any number will do, so long as every copy that migrates uses the same: two at once must not interleave. */
const MIGRATION_LOCK = 7_215_003;

/** Applies all migrations that the database lacks; safe to call from several processes at once. */
export async function migrateDatabase(
  url: string,
  migrationsFolder = join(process.cwd(), "db", "migrations"),
): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`;
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.end({ timeout: 5 });
  }
}
