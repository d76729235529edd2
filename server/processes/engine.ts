import { once } from "node:events";
import { appOrigin } from "@/inngest/app-origin";
import { type Engine, startEngine } from "@/inngest/engine";
import { type ProcessHealth, runProcess } from "@/server/runtime/run-process";

const STANDBY: ProcessHealth = {
  status: "degraded",
  reason: "Another engine holds this database; this one stands by.",
};

let engine: Engine | undefined;

await runProcess({
  name: "engine",
  // The engine has a pool of its own; this one carries the heartbeat.
  pool: { maxConnections: 1 },
  health: () => (engine === undefined ? null : engine.isActive() ? { status: "ok", reason: null } : STANDBY),
  run: async ({ settings, logger, signal }) => {
    engine = await startEngine({
      databaseUrl: settings.DATABASE_URL,
      host: "127.0.0.1",
      port: settings.ENGINE_PORT ?? 8288,
      appUrls: [`${appOrigin}/api/inngest`],
      eventKey: settings.INNGEST_EVENT_KEY,
      signingKey: settings.INNGEST_SIGNING_KEY,
      logger,
    });
    if (!signal.aborted) await once(signal, "abort");
    await engine.stop();
    return 0;
  },
});
