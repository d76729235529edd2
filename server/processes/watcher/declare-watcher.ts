import { QUICK_STATEMENT_TIMEOUT_MS } from "@/db/client";
import type { Ports } from "@/server/ports/ports";
import type { ProcessDeclaration, RunningProcess } from "@/server/runtime/run-process";
import { watch } from "./watch";

/** The watcher on those ports. It is silent while its rounds fail, so that its age tells. */
export function declareWatcher(portsOf: (running: RunningProcess) => Promise<Ports>): ProcessDeclaration {
  let followed: readonly string[] | null = null;
  return {
    name: "watcher",
    pool: { maxConnections: 10, statementTimeoutMs: QUICK_STATEMENT_TIMEOUT_MS },
    health: () => (followed === null ? null : { status: "ok", reason: null, details: { networks: followed } }),
    metrics: () => ({ followedNetworks: followed?.length ?? 0 }),
    run: async (running) => {
      await watch({
        db: running.runtime.db,
        databaseUrl: running.settings.DATABASE_URL,
        ports: await portsOf(running),
        logger: running.logger,
        signal: running.signal,
        onRound: (chainIds) => {
          followed = chainIds;
        },
      });
      return 0;
    },
  };
}
