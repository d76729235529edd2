import type { Executor } from "@/db/client";
import { listHolders, listRegionRows } from "./repository";
import { listReportingServers } from "./servers/repository";

/** How many of each region's servers are silent, and who holds slots there; for the rules that are looked at by the clock. */
export async function listRegionWatch(db: Executor) {
  const [regions, servers, holders] = [await listRegionRows(db), await listReportingServers(db), await listHolders(db)];
  return regions.map(({ id, code, displayName }) => {
    const own = servers.filter(({ regionId }) => regionId === id);
    return {
      regionId: id,
      code,
      name: displayName,
      servers: own.length,
      silent: own.filter(({ status }) => status === "offline").length,
      organizationIds: holders.filter(({ regionId }) => regionId === id).map(({ organizationId }) => organizationId),
    };
  });
}
