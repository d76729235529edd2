import "server-only";
// A role has the scopes of the domains that are loaded, so whoever serves callers loads all of them.
import "@/server/domains/domains";
import { createDatabase, type Database, QUICK_STATEMENT_TIMEOUT_MS } from "@/db/client";
import { createLogger, type Logger } from "@/server/kernel/logger";
import { createNotifications, type Notifications } from "@/server/kernel/notifications";
import type { Ports } from "@/server/ports/ports";
import type { Settings } from "./settings";

/** What one process holds for its whole life. */
export type Runtime = {
  readonly db: Database;
  readonly notifications: Notifications;
  readonly logger: Logger;
  readonly settings: Settings;
  /** Built on the first call, once. */
  readonly ports: () => Promise<Ports>;
};

// Next bundles routes, pages and instrumentation apart, so a module variable would be several; the global is one per process.
const RUNTIME_KEY = Symbol.for("omniphi.runtime");
type Holder = { [RUNTIME_KEY]?: Promise<Runtime> };
const holder = globalThis as Holder;

/** The database connections of one process. */
export type PoolSettings = {
  readonly maxConnections: number;
  /** Longest that one statement may run; see `createDatabase`. */
  readonly statementTimeoutMs?: number;
};

/** Makes a process's logger, pool, settings and ports from the environment; nothing connects before it is used. */
export async function createRuntime(declared: {
  readonly name: string;
  readonly pool: PoolSettings;
  readonly logLevel?: string;
}): Promise<{ readonly runtime: Runtime; readonly close: () => Promise<void> }> {
  const { env } = await import("@/env");
  const { name, pool } = declared;
  const logger = createLogger({ name, level: declared.logLevel ?? env.LOG_LEVEL });
  const { db, close } = createDatabase({ url: env.DATABASE_URL, applicationName: `omniphi-${name}`, ...pool });
  const notifications = createNotifications({
    databaseUrl: env.DATABASE_URL,
    applicationName: `omniphi-${name}-notifications`,
    logger,
  });
  let ports: Promise<Ports> | undefined;
  const runtime: Runtime = {
    db,
    notifications,
    logger,
    settings: {
      publicUrl: env.PUBLIC_URL,
      securityContact: env.SECURITY_CONTACT ?? null,
      authSecret: env.AUTH_SECRET,
      trustedProxyCount: env.TRUSTED_PROXY_COUNT,
      metricsToken: env.METRICS_TOKEN,
      dataDir: env.OMNIPHI_DATA_DIR,
      inngestBaseUrl: env.INNGEST_BASE_URL ?? null,
      inngestSigningKey: env.INNGEST_SIGNING_KEY,
      isStrict: env.NODE_ENV !== "production",
    },
    ports: () => {
      ports ??= import("./ports").then((module) => module.getPorts());
      return ports;
    },
  };
  return {
    runtime,
    close: async () => {
      await Promise.all([notifications.close(), close()]);
    },
  };
}

const WEB_POOL: PoolSettings = { maxConnections: 20, statementTimeoutMs: QUICK_STATEMENT_TIMEOUT_MS };

/** The process's runtime; where no process has installed one, web's, made from the environment by the first caller. */
export function getRuntime(): Promise<Runtime> {
  holder[RUNTIME_KEY] ??= createRuntime({ name: "web", pool: WEB_POOL }).then(({ runtime }) => runtime);
  return holder[RUNTIME_KEY];
}

/** Uses this runtime from now on: what tests and `instrumentation.ts` may do before the first request. */
export function installRuntime(runtime: Runtime): void {
  holder[RUNTIME_KEY] = Promise.resolve(runtime);
}
