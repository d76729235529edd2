import { createServer } from "node:http";
import { serve } from "inngest/node";
import { createDatabase } from "@/db/client";
import { env } from "@/env";
import { inngest, sendEvents } from "@/inngest/client";
import { functions } from "@/inngest/functions";
import { createLogger } from "@/server/kernel/logger";
import { createNotifications } from "@/server/kernel/notifications";
import type { Ports } from "@/server/ports/ports";
import { newRelayState, runRelay } from "@/server/processes/relay/run-relay";
import { getPorts } from "@/server/runtime/ports";
import { installRuntime } from "@/server/runtime/runtime";
import { installStepProbe, type StepPoint } from "@/server/runtime/step-probe";
import { fakeSetupPorts } from "../fake-setup-ports";

/*
 * The web process as the job engine sees it: the product's own durable functions behind the SDK's own handler, on a real database. Hosts and
 * chain are fakes kept in files where TEST_FAKES names their folder, else the real ones. Before and after each step it asks the test whether
 * to go on, which is where it may be killed.
 */
const settings = {
  controlUrl: process.env.TEST_CONTROL_URL ?? "",
  fakesDir: process.env.TEST_FAKES,
};

const { db } = createDatabase({ url: env.DATABASE_URL, applicationName: "test-web", maxConnections: 10 });
const logger = createLogger({ name: "web", level: env.LOG_LEVEL });
const notifications = createNotifications({
  databaseUrl: env.DATABASE_URL,
  applicationName: "test-web-notifications",
  logger,
});
const ports = settings.fakesDir === undefined ? getPorts() : (fakeSetupPorts(settings.fakesDir) as Ports);
installRuntime({
  db,
  notifications,
  logger,
  settings: {
    publicUrl: env.PUBLIC_URL,
    securityContact: null,
    authSecret: env.AUTH_SECRET,
    trustedProxyCount: 0,
    metricsToken: env.METRICS_TOKEN,
    dataDir: env.OMNIPHI_DATA_DIR,
    inngestBaseUrl: env.INNGEST_BASE_URL ?? null,
    inngestSigningKey: env.INNGEST_SIGNING_KEY,
    isStrict: true,
  },
  ports: async () => ports,
});

installStepProbe(async (point: StepPoint) => {
  const answer = await fetch(settings.controlUrl, {
    method: "POST",
    body: JSON.stringify({ pid: process.pid, ...point }),
  });
  if (!answer.ok) throw new Error(`the test answered ${answer.status}`);
});

// In the product a process of its own.
runRelay({
  db,
  notifications,
  databaseUrl: env.DATABASE_URL,
  logger,
  signal: new AbortController().signal,
  send: sendEvents,
  state: newRelayState(),
  pace: { pollMs: 100, standbyMs: 100, firstPauseMs: 100, longestPauseMs: 500 },
}).catch((thrown: unknown) => logger.error({ err: thrown }, "outbox.relay.ended"));

const handler = serve({ client: inngest, functions });
const server = createServer((request, response) => {
  Promise.resolve(handler(request, response)).catch(() => response.destroy());
});
server.listen(env.PORT, "127.0.0.1", () => process.stdout.write("ready\n"));
