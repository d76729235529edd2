import "server-only";

export { requestDrip } from "./drip-faucet";
export { testWalletRefused, transactionInFlight } from "./errors";
export {
  transactionAccepted,
  transactionExpired,
  transactionFailed,
  transactionIncluded,
  validatorJailed,
  validatorTombstoned,
  validatorUnjailed,
} from "./events";
export { getChainStatus } from "./get-chain-status";
export { getLocalnetStatus } from "./get-localnet-status";
export { getMissBudget } from "./get-miss-budget";
export { getNetwork } from "./get-network";
export { getNetworkPulse } from "./get-network-pulse";
export { getSigningGrid } from "./get-signing-grid";
export { getSigningStrips } from "./get-signing-strips";
export { getSyncCursor } from "./get-sync-cursor";
export { listChainEvents } from "./list-chain-events";
export { listNetworks } from "./list-networks";
export { listStandings } from "./list-standings";
export { NetworkFacts, networkOf } from "./network-of";
export { quarantineEndpoint, releaseEndpoint } from "./quarantine-endpoint";
export { recordBlocks } from "./record-blocks";
export { recordChainFacts } from "./record-chain-facts";
export { recordEndpointHealth } from "./record-endpoint-health";
export { recordGap } from "./record-gap";
export { registerNetwork } from "./register-network";
export { resetRecords } from "./reset-records";
export { PreparedTransaction, SignMode } from "./schemas";
export { silentNetworks } from "./silent-networks";
export { isInFlight, mayStillBeIncluded } from "./states";
export { toChainNetwork } from "./to-network";
export { acceptSigned, findAccepted } from "./transactions/accept-signed";
export { buildDocument } from "./transactions/build-document";
export { keepDocument } from "./transactions/keep-document";
export { listAnySubjectTransactions } from "./transactions/list-subject-transactions";
export { resumeTransactions } from "./transactions/resume-transactions";
export { recordOutcomeOf, sendAccepted, watchTransaction } from "./transactions/send-accepted";
