import type { RegionStatus } from "@/db/states/regions";
import type { TransitionTable } from "@/server/kernel/states";

/** Region: once open it is open, worn, under repair or away, as operators say; one that is away may be announced anew. */
export const REGION_MOVES: TransitionTable<RegionStatus> = {
  coming_soon: ["active", "degraded", "maintenance", "offline"],
  active: ["degraded", "maintenance", "offline"],
  degraded: ["active", "maintenance", "offline"],
  maintenance: ["active", "degraded", "offline"],
  offline: ["active", "degraded", "maintenance", "coming_soon"],
};
