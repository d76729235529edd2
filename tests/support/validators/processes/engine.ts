import { env } from "@/env";
import { startEngine } from "@/inngest/engine";
import { createLogger } from "@/server/kernel/logger";

/* The embedded engine with short leases, so that a test need not wait twenty seconds for a killed one's work to be free again. */
const engine = await startEngine({
  databaseUrl: env.DATABASE_URL,
  host: "127.0.0.1",
  port: env.ENGINE_PORT ?? 0,
  appUrls: [`http://127.0.0.1:${env.PORT}/api/inngest`],
  eventKey: env.INNGEST_EVENT_KEY,
  signingKey: env.INNGEST_SIGNING_KEY,
  logger: createLogger({ name: "engine", level: env.LOG_LEVEL }),
  settings: { leaseMs: 1_500, pollMs: 100, drainMs: 500, retry: { baseMs: 200, maxMs: 1_000 } },
});
process.stdout.write(`ready ${engine.url}\n`);
