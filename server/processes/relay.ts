import { sendEvents } from "@/inngest/client";
import { runProcess } from "@/server/runtime/run-process";
import { newRelayState, relayHealth, relayMetrics, runRelay } from "./relay/run-relay";

const state = newRelayState();

await runProcess({
  name: "relay",
  pool: { maxConnections: 3 },
  health: () => relayHealth(state),
  metrics: () => relayMetrics(state),
  run: async ({ runtime, settings, logger, signal }) => {
    const { db, notifications } = runtime;
    const databaseUrl = settings.DATABASE_URL;
    await runRelay({ db, databaseUrl, notifications, logger, signal, send: sendEvents, state });
    return 0;
  },
});
