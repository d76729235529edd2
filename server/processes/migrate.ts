import { migrateDatabase } from "@/db/migrate";
import { domains } from "@/server/domains/domains";
import { runProcess } from "@/server/runtime/run-process";

/** Brings the database to this version and lays down what every installation has; safe to repeat and to run twice at once. */
await runProcess({
  name: "migrate",
  pool: { maxConnections: 2 },
  run: async ({ settings, logger, ctx }) => {
    await migrateDatabase(settings.DATABASE_URL);
    for (const seed of domains.flatMap(({ seeds }) => seeds)) {
      const { made } = await seed(await ctx(), {});
      logger.info({ seed: seed.verb, made }, "database.seeded");
    }
    logger.info({}, "database.migrated");
    return 0;
  },
});
