import { env } from "@/env";
import { startEngine } from "@/inngest/engine";
import { createLogger } from "@/server/kernel/logger";

const logger = createLogger({ name: "engine", level: env.LOG_LEVEL });
// A portal that listens on every address is reached by the loopback one.
const appHost = env.HOST === "0.0.0.0" || env.HOST === "::" ? "127.0.0.1" : env.HOST;

const engine = await startEngine({
  databaseUrl: env.DATABASE_URL,
  host: "127.0.0.1",
  port: env.ENGINE_PORT ?? 8288,
  appUrls: [`http://${appHost}:${env.PORT}/api/inngest`],
  eventKey: env.INNGEST_EVENT_KEY,
  signingKey: env.INNGEST_SIGNING_KEY,
  logger,
});

let isStopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, "engine.drain.started");
    engine.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "engine.stop.failed");
        process.exit(1);
      },
    );
  });
}
