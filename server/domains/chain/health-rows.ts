import "server-only";
import { type HealthRow, healthOfBeat } from "@/server/kernel/health";
import { listHeartbeats } from "@/server/kernel/heartbeats";

const WATCHED = "watcher:";

/** Each network that is followed; a silent watcher says nothing of the chain itself. */
const networks: HealthRow = {
  names: [],
  run: async ({ db }) =>
    (await listHeartbeats(db))
      .filter(({ component }) => component.startsWith(WATCHED))
      .map((beat) => healthOfBeat(`chain:${beat.component.slice(WATCHED.length)}`, beat, "unknown")),
};

/** What `/api/health` says of this domain. */
export const health = [networks] as const;
