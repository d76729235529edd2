import { resolve } from "node:path";
import { migrateDatabase } from "@/db/migrate";
import { readMachineHash, sha256Hex } from "@/lib/os/machine-hash";
import { domains } from "@/server/domains/domains";
import { claimInstallation } from "@/server/domains/operations";
import { isAppError } from "@/server/kernel/errors";
import { runProcess } from "@/server/runtime/run-process";

/** How it ends where the database is another installation's; the launcher knows it. */
const INSTALLED_ELSEWHERE = 3;

/** Brings the database to this version, claims it for this installation and lays down what every one has; safe to repeat and to run twice at once. */
await runProcess({
  name: "migrate",
  pool: { maxConnections: 2 },
  run: async ({ settings, logger, ctx, args }) => {
    await migrateDatabase(settings.DATABASE_URL);
    try {
      const { outcome } = await claimInstallation(await ctx(), {
        machineHash: readMachineHash(),
        dataDirHash: sha256Hex(resolve(settings.OMNIPHI_DATA_DIR)),
        isTakeOver: args.includes("--take-over"),
      });
      logger.info({ outcome }, "installation.claimed");
    } catch (thrown) {
      if (!isAppError(thrown) || thrown.code !== "operations.installed_elsewhere") throw thrown;
      logger.error({ err: thrown }, "installation.refused");
      return INSTALLED_ELSEWHERE;
    }
    for (const seed of domains.flatMap(({ seeds }) => seeds)) {
      const { made } = await seed(await ctx(), {});
      logger.info({ seed: seed.verb, made }, "database.seeded");
    }
    logger.info({}, "database.migrated");
    return 0;
  },
});
