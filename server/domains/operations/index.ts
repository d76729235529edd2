import "server-only";

export { claimInstallation } from "./claim-installation";
export { find } from "./find";
export { getStatus } from "./get-status";
export { getJobEngine, getJobRun, listJobRuns } from "./list-job-runs";
export { cancelJobRun, retryJobRun } from "./steer-job-run";
