import { createDatabase, QUICK_STATEMENT_TIMEOUT_MS } from "@/db/client";
import { env } from "@/env";
import { createLogger } from "@/server/kernel/logger";
import { getPorts } from "@/server/runtime/ports";
import { watch } from "./watcher/watch";

const logger = createLogger({ name: "watcher", level: env.LOG_LEVEL });
const database = createDatabase({
  url: env.DATABASE_URL,
  applicationName: "omniphi-watcher",
  maxConnections: 10,
  statementTimeoutMs: QUICK_STATEMENT_TIMEOUT_MS,
});
const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());

await watch({
  db: database.db,
  databaseUrl: env.DATABASE_URL,
  ports: getPorts(),
  logger,
  signal: stop.signal,
});
await database.close();
logger.info({}, "watcher.stopped");
