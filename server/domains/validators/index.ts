import "server-only";

export { acceptTransaction } from "./accept-transaction";
export { cancelSetupRequest } from "./cancel-setup-request";
export { operationStepIds, runOperationStep } from "./operation-steps";
export { PROVISION_STEP_IDS, runProvisionStep } from "./provision-steps";
export { recordSetupFailed } from "./record-setup-failed";
export { RELEASE_STEP_IDS, type ReleaseState, runReleaseStep } from "./release-steps";
export { failOperation } from "./run-node-operation";
export { sweepOrphans, sweepSetups, syncWaitingSetups } from "./sweep-setups";
export { confirmOnChain, recordOutcomeOf, sendAccepted, watchTransaction } from "./transaction-steps";
