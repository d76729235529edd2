import "server-only";
import { type HealthRow, healthOfBeat } from "@/server/kernel/health";
import { listHeartbeats } from "@/server/kernel/heartbeats";
import { endpointsHealth } from "./networks/endpoints-health";
import { listEndpointRows, listNetworkRows } from "./networks/repository";

const WATCHED = "watcher:";

/** Each network that is followed; a silent watcher says nothing of the chain itself. */
const networks: HealthRow = {
  names: [],
  run: async ({ db }) =>
    (await listHeartbeats(db))
      .filter(({ component }) => component.startsWith(WATCHED))
      .map((beat) => healthOfBeat(`chain:${beat.component.slice(WATCHED.length)}`, beat, "unknown")),
};

/** The endpoints of each network in use, by the watcher's own looks at them. */
const endpoints: HealthRow = {
  names: [],
  run: async ({ db, now }) => {
    const inUse = (await listNetworkRows(db)).filter(({ status }) => status === "active");
    const rows = await listEndpointRows(
      db,
      inUse.map(({ id }) => id),
    );
    return inUse.flatMap(({ id, chainId }) => {
      const own = rows.filter(({ networkId }) => networkId === id);
      return endpointsHealth(chainId, own, now()) ?? [];
    });
  },
};

/** What `/api/health` says of this domain. */
export const health = [networks, endpoints] as const;
