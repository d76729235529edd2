import { createDatabase } from "@/db/client";
import { env } from "@/env";
import { uuidv7 } from "@/server/kernel/ids";
import { createLogger } from "@/server/kernel/logger";
import { getPorts } from "@/server/runtime/ports";
import { runNodeHealthLoop } from "./node-health-loop";
import { runWatcher } from "./watcher/run-watcher";

const logger = createLogger({ name: "watcher", level: env.LOG_LEVEL });
const database = createDatabase({ url: env.DATABASE_URL, applicationName: "omniphi-watcher", maxConnections: 5 });
const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());

const nodeHealth = runNodeHealthLoop(stop.signal);
await runWatcher({
  ctx: {
    db: database.db,
    ports: getPorts(),
    actor: { kind: "system", name: "watcher" },
    organizationId: null,
    origin: { requestId: `watcher_${uuidv7()}`, ipAddress: null, userAgent: null },
    logger,
    now: () => new Date(),
  },
  databaseUrl: env.DATABASE_URL,
  signal: stop.signal,
});
await nodeHealth;
await database.close();
logger.info({}, "watcher.stopped");
