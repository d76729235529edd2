import "server-only";
// A role has the scopes of the domains that are loaded, so whoever serves callers loads all of them.
import "@/server/domains/domains";
import { createDatabase, type Database, QUICK_STATEMENT_TIMEOUT_MS } from "@/db/client";
import type { ServiceCtx } from "@/server/kernel/context";
import { createLogger, type Logger } from "@/server/kernel/logger";
import type { Ports } from "@/server/ports/ports";
import type { Settings } from "./settings";

/** What one web process holds for its whole life. */
export type Runtime = {
  readonly db: Database;
  readonly logger: Logger;
  readonly settings: Settings;
  /** Built on the first call, once. */
  readonly ports: () => Promise<Ports>;
  /** Told after each committed command; see `ServiceCtx.afterCommit`. */
  readonly afterCommit?: NonNullable<ServiceCtx["afterCommit"]>;
};

// Next bundles routes, pages and instrumentation apart, so a module variable would be several; the global is one per process.
const RUNTIME_KEY = Symbol.for("omniphi.runtime");
type Holder = { [RUNTIME_KEY]?: Promise<Runtime> };
const holder = globalThis as Holder;

async function createRuntime(): Promise<Runtime> {
  const { env } = await import("@/env");
  const logger = createLogger({ name: "web", level: env.LOG_LEVEL });
  const { db } = createDatabase({
    url: env.DATABASE_URL,
    applicationName: "omniphi-web",
    maxConnections: 20,
    statementTimeoutMs: QUICK_STATEMENT_TIMEOUT_MS,
  });
  let ports: Promise<Ports> | undefined;
  return {
    db,
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
}

/** The process's runtime, made from the environment by the first caller. */
export function getRuntime(): Promise<Runtime> {
  holder[RUNTIME_KEY] ??= createRuntime();
  return holder[RUNTIME_KEY];
}

/** Uses this runtime from now on: what tests and `instrumentation.ts` may do before the first request. */
export function installRuntime(runtime: Runtime): void {
  holder[RUNTIME_KEY] = Promise.resolve(runtime);
}
