import "server-only";
import { isAppError } from "@/server/kernel/errors";
import type { ComponentHealth, HealthRow } from "@/server/kernel/health";
import { NODE_HOST_KINDS, type NodeHostKind } from "@/server/ports/node-host";
import type { Ports } from "@/server/ports/ports";
import { hasNodesOn } from "./nodes/repository";

const HOST_DEADLINE_MS = 1_200;

/** Hosts of one kind: where no node that is not gone runs on them, their absence hurts nobody. */
const runtimeOf = (kind: NodeHostKind): HealthRow<Ports> => ({
  names: [`runtime:${kind}`],
  run: async ({ db, ports }, signal) => {
    const name = `runtime:${kind}`;
    try {
      await ports.nodeHosts[kind].ping({ signal, deadlineMs: HOST_DEADLINE_MS });
      return [{ name, status: "ok", reason: null, ageSeconds: 0 }];
    } catch (thrown) {
      if (!isAppError(thrown)) throw thrown;
      const down: ComponentHealth = { name, status: "down", reason: thrown.message, ageSeconds: 0 };
      return [(await hasNodesOn(db, kind)) ? down : { ...down, isOptional: true }];
    }
  },
});

/** What `/api/health` says of this domain. */
export const health = NODE_HOST_KINDS.map(runtimeOf);
