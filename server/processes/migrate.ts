import { migrateDatabase } from "@/db/migrate";
import { env } from "@/env";
import { seedRegions } from "@/server/domains/regions";
import { createLogger } from "@/server/kernel/logger";
import { jobContext } from "@/server/runtime/job-context";

/** Brings the database to this version and lays down what every installation has; safe to repeat and to run twice at once. */
const logger = createLogger({ name: "migrate", level: env.LOG_LEVEL });
try {
  await migrateDatabase(env.DATABASE_URL);
  const { made } = await seedRegions(await jobContext("migrate"), {});
  logger.info({ regionsMade: made }, "database.migrated");
  process.exit(0);
} catch (thrown) {
  logger.error({ err: thrown }, "database.migration.failed");
  process.stderr.write(`Migration failed: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exit(1);
}
