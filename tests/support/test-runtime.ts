import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, QUICK_STATEMENT_TIMEOUT_MS } from "@/db/client";
import type { Actor, ServiceCtx } from "@/server/kernel/context";
import { uuidv7 } from "@/server/kernel/ids";
import { createLogger } from "@/server/kernel/logger";
import { createNotifications } from "@/server/kernel/notifications";
import type { Ports } from "@/server/ports/ports";
import { createIdentityPorts } from "@/server/runtime/identity-ports";
import { createNotificationPorts } from "@/server/runtime/notification-ports";
import { installRuntime, type Runtime } from "@/server/runtime/runtime";
import type { Settings } from "@/server/runtime/settings";
import { createMigratedDatabase, type TestDatabase } from "./database";

/** A port that a test did not give; using it is the test's mistake and fails loudly. */
function missing(name: string): never {
  throw new Error(`this test uses the port ${name} without giving it`);
}

/** A local chain that was made and is not registered yet, so that people can sign in before a test has any network. */
const localnet: Ports["localnet"] = {
  status: async () => null,
  names: async () => ({ chainId: "omniphi-localnet-1", accountPrefix: "omni" }),
};

/** Sealing and sending for real; receivers are this machine's own doubles, which the product itself never reaches. */
export const testNotificationPorts = (
  given: Partial<Parameters<typeof createNotificationPorts>[0]> = {},
): Pick<Ports, "sealer" | "messenger"> =>
  createNotificationPorts({
    kekBase64: Buffer.alloc(32, 9).toString("base64"),
    publicUrl: "http://localhost:3000",
    mail: null,
    reach: "own",
    ...given,
  });

/** The identity and notification ports for real, the given ones, and nothing else. */
export function testPorts(
  settings: { authSecret: string; dataDir: string; publicUrl: string },
  given: Partial<Ports> = {},
): Ports {
  const known = { ...createIdentityPorts(settings), ...testNotificationPorts(), localnet, ...given };
  return new Proxy(known, {
    // A promise of the record asks it for `then`.
    get: (target, name) =>
      Reflect.get(target, name) ?? (typeof name === "string" && name !== "then" ? missing(name) : undefined),
  }) as Ports;
}

export type TestRuntime = Runtime & {
  readonly databaseUrl: string;
  /** A context for calling verbs directly. */
  ctx(request?: { actor?: Actor; organizationId?: string | null; now?: () => Date }): Promise<ServiceCtx<Ports>>;
  close(): Promise<void>;
};

/** A migrated database of its own with a runtime on it, installed as this process's. */
export async function createTestRuntime(
  options: {
    ports?: Partial<Ports>;
    settings?: Partial<Settings>;
    /** A migrated database on another server than the run's. */
    database?: TestDatabase;
    /** Size of the pool; 10 when not said. */
    maxConnections?: number;
    /** Where the runtime's logger writes; nowhere when not said. */
    logLines?: string[];
    /** Puts something between the runtime and its database; answers the port to use instead. */
    throughProxy?: (target: { host: string; port: number }) => Promise<number>;
  } = {},
): Promise<TestRuntime> {
  const database = options.database ?? (await createMigratedDatabase());
  const url = new URL(database.url);
  if (options.throughProxy) {
    url.port = String(await options.throughProxy({ host: url.hostname, port: Number(url.port) }));
  }
  const { db, close } = createDatabase({
    url: url.toString(),
    applicationName: "omniphi-test",
    maxConnections: options.maxConnections ?? 10,
    ...(options.throughProxy ? { statementTimeoutMs: QUICK_STATEMENT_TIMEOUT_MS } : {}),
  });
  const dataDir = mkdtempSync(join(tmpdir(), "omniphi-test-data-"));
  const settings: Settings = {
    publicUrl: "http://localhost:3000",
    securityContact: null,
    authSecret: "a-secret-of-the-tests-only-0123456789",
    trustedProxyCount: 0,
    metricsToken: "a-metrics-token-of-the-tests-only-0123",
    dataDir,
    inngestBaseUrl: null,
    inngestSigningKey: "signkey-test-0123456789abcdef",
    isStrict: true,
    ...options.settings,
  };
  const ports = testPorts(settings, options.ports);
  const { logLines } = options;
  const logger = createLogger({
    name: "test",
    level: logLines ? "debug" : (process.env.TEST_LOG_LEVEL ?? "silent"),
    ...(logLines ? { destination: { write: (line: string) => void logLines.push(line) } } : {}),
  });
  const notifications = createNotifications({
    databaseUrl: url.toString(),
    applicationName: "omniphi-test-notifications",
    logger,
  });
  const runtime: Runtime = { db, notifications, logger, settings, ports: async () => ports };
  installRuntime(runtime);
  return {
    ...runtime,
    databaseUrl: database.url,
    ctx: async (request = {}) => ({
      db,
      ports,
      logger,
      actor: request.actor ?? { kind: "system", name: "test" },
      organizationId: request.organizationId ?? null,
      origin: { requestId: `req_${uuidv7()}`, ipAddress: "192.0.2.1", userAgent: "test" },
      now: request.now ?? (() => new Date()),
    }),
    close: async () => {
      await Promise.all([notifications.close(), close()]);
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
