import { migrateDatabase } from "@/db/migrate";
import { seedRegions } from "@/server/domains/regions";
import { runProcess } from "@/server/runtime/run-process";

/** Brings the database to this version and lays down what every installation has; safe to repeat and to run twice at once. */
await runProcess({
  name: "migrate",
  pool: { maxConnections: 2 },
  run: async ({ settings, logger, ctx }) => {
    await migrateDatabase(settings.DATABASE_URL);
    const { made } = await seedRegions(await ctx(), {});
    logger.info({ regionsMade: made }, "database.migrated");
    return 0;
  },
});
