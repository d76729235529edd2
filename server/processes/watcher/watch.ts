import type { Database } from "@/db/client";
import type { ServiceCtx } from "@/server/kernel/context";
import { uuidv7 } from "@/server/kernel/ids";
import type { Logger } from "@/server/kernel/logger";
import type { Ports } from "@/server/ports/ports";
import { runNodeHealthLoop } from "../node-health-loop";
import { runRuleLoop } from "../rule-loop";
import { runWatcher } from "./run-watcher";

/** All that the watcher process does, on one pool, until the signal: follows the chains block by block, looks at the nodes and at the alert rules. */
export async function watch(settings: {
  readonly db: Database;
  /** For the locks, each of which lives on a connection of its own. */
  readonly databaseUrl: string;
  readonly ports: Ports;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Told after each look at the list of networks: the chain ids of those to follow, null when it could not be read. */
  readonly onRound?: (chainIds: readonly string[] | null) => void;
}): Promise<void> {
  const { db, databaseUrl, ports, logger, signal, onRound } = settings;
  const ctxOf = (name: string): ServiceCtx<Ports> => ({
    db,
    ports,
    actor: { kind: "system", name },
    organizationId: null,
    origin: { requestId: `watcher_${uuidv7()}`, ipAddress: null, userAgent: null },
    logger,
    now: () => new Date(),
  });
  const nodeHealth = runNodeHealthLoop(ctxOf("watcher.node-health"), signal);
  const rules = runRuleLoop({ ctx: ctxOf("monitoring.rules"), databaseUrl }, signal);
  await runWatcher({ ctx: ctxOf("watcher"), databaseUrl, signal, ...(onRound ? { onRound } : {}) });
  await Promise.all([nodeHealth, rules]);
}
