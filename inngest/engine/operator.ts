/** What operators may see and do, over any connection to the engine's database; the engine need not be running. */
export { cancelRun, retryRun } from "./operator/change-run";
export { type EngineStatus, engineStatus } from "./operator/engine-status";
export { getRun, type RunDetail } from "./operator/get-run";
export { listFunctionIds } from "./operator/list-functions";
export { listRuns, type RunSummary } from "./operator/list-runs";
export type { JobError } from "./runs/finish-run";
