import { startEngine } from "@/inngest/engine";
import { createLogger } from "@/server/kernel/logger";

/*
 * The engine in a process of its own, with short leases, so that a test need not wait long for a killed one's work to be free again. A bench wants
 * the product's own.
 */
const settings = process.env;
const short = { leaseMs: 1_000, pollMs: 100, drainMs: 500, retry: { baseMs: 100, maxMs: 500 } };
const engine = await startEngine({
  databaseUrl: settings.DATABASE_URL ?? "",
  host: "127.0.0.1",
  port: Number(settings.ENGINE_PORT),
  appUrls: settings.APP_URL ? [settings.APP_URL] : [],
  eventKey: settings.EVENT_KEY ?? "",
  signingKey: settings.SIGNING_KEY ?? "",
  logger: createLogger({ name: "engine", level: settings.LOG_LEVEL ?? "warn" }),
  settings: settings.ENGINE_DEFAULTS === "true" ? {} : short,
});
process.stdout.write(`ready ${engine.isActive() ? "active" : "standby"}\n`);
process.once("SIGTERM", () => {
  engine.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
