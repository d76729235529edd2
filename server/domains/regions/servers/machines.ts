import { regionServers } from "@/db/schema/regions";
import { machine } from "@/server/kernel/machine";
import { PLACEMENT_MOVES, SERVER_MOVES } from "../states";

/** How a server is: measured, but for its end, which is somebody's act. */
export const serverMachine = machine({
  table: regionServers,
  column: "status",
  moves: SERVER_MOVES,
  refusal: { code: "regions.invalid_transition", subject: "The server" },
  audit: ({ to, row }) =>
    to === "decommissioned"
      ? {
          action: "regions.server.decommissioned",
          targetType: "server",
          targetId: row.id,
          details: { hostname: row.hostname, nodesLastSeen: row.nodes?.length ?? null },
        }
      : null,
});

/** Whether a server takes nodes: an operator's word, but for "empty now", which is seen. */
export const placementMachine = machine({
  table: regionServers,
  column: "placement",
  movedAtColumn: "placementChangedAt",
  moves: PLACEMENT_MOVES,
  refusal: { code: "regions.invalid_transition", subject: "The server's placement" },
  audit: ({ to, row }) =>
    to === "drained"
      ? null
      : {
          action: to === "draining" ? "regions.server.draining" : "regions.server.opened",
          targetType: "server",
          targetId: row.id,
          details: { hostname: row.hostname },
        },
});
