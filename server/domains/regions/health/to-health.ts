import { HEALTH_WINDOW_SECONDS } from "../constants";
import type { RegionHealthNow } from "../schemas";
import type { RegionHealthRow } from "./repository";
import { isRegionHealthy } from "./score";

/** Since when a minute counts as how it is now. */
export const healthSince = (now: Date): Date => new Date(now.getTime() - HEALTH_WINDOW_SECONDS * 1_000);

/** A minute's row as people see it. */
export function toHealth(row: RegionHealthRow): RegionHealthNow {
  return {
    score: row.score,
    isHealthy: isRegionHealthy(row),
    latencyMs: row.latencyMs,
    successPercent: row.successPercent,
    errorPercent: row.successPercent === null ? null : 100 - row.successPercent,
    cpuPercent: row.cpuPercent,
    memoryPercent: row.memoryPercent,
    diskPercent: row.diskPercent,
    totalServers: row.totalServers,
    healthyServers: row.healthyServers,
    warningServers: row.warningServers,
    errorServers: row.errorServers,
    nodeCount: row.nodeCount,
    checkedAt: row.at.toISOString(),
  };
}
