import { createDatabase } from "@/db/client";
import { env } from "@/env";
import { appOrigin } from "@/inngest/app-origin";
import { startEngine } from "@/inngest/engine";
import { recordHeartbeat } from "@/server/kernel/heartbeats";
import { createLogger } from "@/server/kernel/logger";

const logger = createLogger({ name: "engine", level: env.LOG_LEVEL });

const engine = await startEngine({
  databaseUrl: env.DATABASE_URL,
  host: "127.0.0.1",
  port: env.ENGINE_PORT ?? 8288,
  appUrls: [`${appOrigin}/api/inngest`],
  eventKey: env.INNGEST_EVENT_KEY,
  signingKey: env.INNGEST_SIGNING_KEY,
  logger,
});

const HEARTBEAT_MS = 5_000;
const { db, close } = createDatabase({
  url: env.DATABASE_URL,
  applicationName: "omniphi-engine-heartbeat",
  maxConnections: 1,
});
const beat = async () => {
  const standby = { status: "degraded", reason: "Another engine holds this database; this one stands by." } as const;
  await recordHeartbeat(db, { component: "engine", ...(engine.isActive() ? { status: "ok", reason: null } : standby) });
};
const beating = setInterval(() => {
  // A silent database shows as a heartbeat that grows old.
  beat().catch((error: unknown) => logger.warn({ err: error }, "engine.heartbeat.failed"));
}, HEARTBEAT_MS);
await beat().catch((error: unknown) => logger.warn({ err: error }, "engine.heartbeat.failed"));

let isStopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, "engine.drain.started");
    clearInterval(beating);
    const stopped = engine.stop().then(() => close());
    stopped.then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, "engine.stop.failed");
        process.exit(1);
      },
    );
  });
}
