import "server-only";

export { getBulkRun, listBulkRows, listBulkRuns } from "./bulk/list-bulk-runs";
export { planBulkRun } from "./bulk/plan-bulk-run";
export { startBulkRun } from "./bulk/start-bulk-run";
export { cancelBulkRun, pauseBulkRun, resumeBulkRun } from "./bulk/steer-bulk-run";
export { getHealthBoard } from "./get-health-board";
export { getVersionSpread, listFleet } from "./list-fleet";
