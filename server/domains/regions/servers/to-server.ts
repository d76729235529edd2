import type { ServerRow } from "./repository";
import type { RegionServer } from "./schemas";

const at = (instant: Date | null): string | null => instant?.toISOString() ?? null;

/** Whether the server would take one more node; one whose nodes nobody could count takes none. */
export function isAvailable(row: Pick<ServerRow, "status" | "placement" | "nodes" | "maxValidators">): boolean {
  return (
    row.status === "active" && row.placement === "open" && row.nodes !== null && row.nodes.length < row.maxValidators
  );
}

/** A server's row as operators see it. */
export function toServer(row: ServerRow, regionCode: string): RegionServer {
  return {
    id: row.id,
    regionCode,
    hostname: row.hostname,
    ipAddress: row.ipAddress,
    internalIp: row.internalIp,
    provider: row.provider,
    providerInstanceId: row.providerInstanceId,
    availabilityZone: row.availabilityZone,
    machineType: row.machineType,
    cpuCores: row.cpuCores,
    memoryGb: row.memoryGb,
    diskGb: row.diskGb,
    maxValidators: row.maxValidators,
    tags: [...row.tags],
    status: row.status,
    placement: row.placement,
    isAvailable: isAvailable(row),
    agentVersion: row.agentVersion,
    enrolledAt: at(row.enrolledAt),
    lastHeartbeatAt: at(row.lastHeartbeatAt),
    cpuPercent: row.cpuPercent,
    memoryPercent: row.memoryPercent,
    diskPercent: row.diskPercent,
    loadAverage: row.loadAverage,
    roundTripMs: row.roundTripMs,
    uptimeSeconds: row.uptimeSeconds,
    nodes: row.nodes?.map((node) => ({ ...node })) ?? null,
    placementChangedAt: at(row.placementChangedAt),
    createdAt: row.createdAt.toISOString(),
    decommissionedAt: at(row.decommissionedAt),
  };
}
