import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createDatabase } from "@/db/client";
import { env } from "@/env";
import { isAppError } from "@/server/kernel/errors";
import { uuidv7 } from "@/server/kernel/ids";
import { createLogger } from "@/server/kernel/logger";
import { getPorts } from "@/server/runtime/ports";
import { LocalnetFacts, registerLocalnet } from "./register-localnet/register-localnet";

const logger = createLogger({ name: "register-localnet", level: env.LOG_LEVEL });
if (env.LOCALNET_HOME === undefined) {
  logger.error(
    { reason: "LOCALNET_HOME is not set: there is no local chain to tell the portal of." },
    "localnet.not_registered",
  );
  process.exit(1);
}
const database = createDatabase({
  url: env.DATABASE_URL,
  applicationName: "omniphi-register-localnet",
  maxConnections: 2,
});
try {
  const facts = LocalnetFacts.parse(JSON.parse(await readFile(join(env.LOCALNET_HOME, "localnet.json"), "utf8")));
  const network = await registerLocalnet(
    {
      db: database.db,
      ports: getPorts(),
      actor: { kind: "system", name: "register-localnet" },
      organizationId: null,
      origin: { requestId: `register_${uuidv7()}`, ipAddress: null, userAgent: null },
      logger,
      now: () => new Date(),
    },
    facts,
  );
  logger.info({ networkId: network.id, chainId: network.chainId }, "localnet.registered");
} catch (thrown) {
  logger.error({ err: thrown, code: isAppError(thrown) ? thrown.code : undefined }, "localnet.not_registered");
  process.exitCode = 1;
} finally {
  await database.close();
}
