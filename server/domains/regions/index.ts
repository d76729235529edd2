import "server-only";

export { getRegionCapacity, listCapacity } from "./capacity";
export { countSlots } from "./count-slots";
export { getRegion } from "./get-region";
export { getRegionHealth, getRegionHistory } from "./health/get-region-health";
export { rollUpHealth, sampleHealth } from "./health/sample-health";
export { holdSlot } from "./hold-slot";
export { listRegionWatch } from "./list-region-watch";
export { releaseSlot } from "./release-slot";
export { seedRegions } from "./seed-regions";
export { getServer, getServerHistory } from "./servers/get-server";
export { listServers } from "./servers/list-servers";
export { registerServer } from "./servers/register-server";
export { renewServerToken } from "./servers/renew-token";
export { reportServerHeartbeat } from "./servers/report-heartbeat";
export { decommissionServer, drainServer, resumeServer } from "./servers/steer-server";
export { tendServers } from "./servers/tend-servers";
export { updateRegion } from "./update-region";
