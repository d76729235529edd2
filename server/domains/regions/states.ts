import type { RegionStatus, ServerPlacement, ServerStatus } from "@/db/states/regions";
import type { TransitionTable } from "@/server/kernel/states";

/** Region: once open it is open, worn, under repair or away, as operators say; one that is away may be announced anew. */
export const REGION_MOVES: TransitionTable<RegionStatus> = {
  coming_soon: ["active", "degraded", "maintenance", "offline"],
  active: ["degraded", "maintenance", "offline"],
  degraded: ["active", "maintenance", "offline"],
  maintenance: ["active", "degraded", "offline"],
  offline: ["active", "degraded", "maintenance", "coming_soon"],
};

/** Server: what it reports says how it is; silence takes it offline, its next report brings it back; decommissioned is for good. */
export const SERVER_MOVES: TransitionTable<ServerStatus> = {
  provisioning: ["active", "degraded", "decommissioned"],
  active: ["degraded", "offline", "decommissioned"],
  degraded: ["active", "offline", "decommissioned"],
  offline: ["active", "degraded", "decommissioned"],
  decommissioned: [],
};

/** Placement: emptied on an operator's word, empty when the last node is seen to be gone, and open again on their word. */
export const PLACEMENT_MOVES: TransitionTable<ServerPlacement> = {
  open: ["draining"],
  draining: ["drained", "open"],
  drained: ["open"],
};

/** Whether a server may be emptied now. */
export const canDrain = (server: { readonly status: ServerStatus; readonly placement: ServerPlacement }): boolean =>
  server.placement === "open" && server.status !== "decommissioned";

/** Whether an emptied server may take nodes again. */
export const canResume = (server: { readonly status: ServerStatus; readonly placement: ServerPlacement }): boolean =>
  server.placement !== "open" && server.status !== "decommissioned";
