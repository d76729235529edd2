import "server-only";

export { cancelAnySetupRequest, cancelSetupRequest } from "./cancel-setup-request";
export { checkNodes } from "./check-nodes";
export { probeRuntimes } from "./choose-host";
export { confirmOnChain } from "./confirm-on-chain";
export { discardDraft, getDraft, saveDraft } from "./drafts";
export {
  operationRequested,
  setupCancelled,
  setupFailed,
  setupRequested,
} from "./events";
export { getCreationRules } from "./get-creation-rules";
export { getAnyNode } from "./get-node";
export { getOnChain } from "./get-on-chain";
export { getAnySetupRequest, getSetupRequest } from "./get-setup-request";
export { isRuntimeUsed } from "./is-runtime-used";
export { listAttention } from "./list-attention";
export { listByWallet } from "./list-by-wallet";
export { listAllNodes } from "./list-nodes";
export { listAnySetupEvents, listSetupEvents } from "./list-setup-events";
export { listAllSetupRequests, listSetupRequests } from "./list-setup-requests";
export { markSetupFailed } from "./mark-setup-failed";
export { getAnyNodeLogs, getNodeLogs } from "./node-logs";
export { operationStepIds, runOperationStep } from "./operation-steps";
export { prepareTransaction } from "./prepare-transaction";
export { PROVISION_STEP_IDS, runProvisionStep } from "./provision-steps";
export { quoteSetup } from "./quote-setup";
export { recordSetupFailed } from "./record-setup-failed";
export { RELEASE_STEP_IDS, type ReleaseState, runReleaseStep } from "./release-steps";
export { operateAnyNode, redeployNode, startNode, stopNode } from "./request-node-operation";
export { requestSetup } from "./request-setup";
export { retryAnySetupRequest, retrySetupRequest } from "./retry-setup-request";
export { failOperation } from "./run-node-operation";
export { settleTransactions } from "./settle-transactions";
export { notePenalty } from "./story/note-penalty";
export { submitTransaction } from "./submit-transaction";
export { sweepOrphans, sweepSetups, syncWaitingSetups } from "./sweep-setups";
