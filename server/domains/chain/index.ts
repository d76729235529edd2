import "server-only";

export { countRecentMisses } from "./blocks/count-misses";
export { findFirstSigned } from "./blocks/find-first-signed";
export { chainStatusOf, getChainStatus } from "./blocks/get-chain-status";
export { getNetworkPulse } from "./blocks/get-network-pulse";
export { recordBlocks } from "./blocks/record-blocks";
export { recordedTip } from "./blocks/recorded-tip";
export { resetRecords } from "./blocks/reset-records";
export { getSigningGrid, getSigningStrips } from "./blocks/signing-history";
export { getSyncCursor, recordGap } from "./blocks/sync-cursor";
export { testWalletRefused, transactionInFlight } from "./errors";
export {
  transactionAccepted,
  transactionExpired,
  transactionFailed,
  transactionIncluded,
  validatorBonded,
  validatorEdited,
  validatorJailed,
  validatorLeftSet,
  validatorRemoved,
  validatorSlashed,
  validatorStakeChanged,
  validatorTombstoned,
  validatorUnjailed,
} from "./events";
export { find } from "./find";
export { getUptimeCalendar } from "./history/get-uptime-calendar";
export { getValidatorHistory } from "./history/get-validator-history";
export { listMissesAfter } from "./history/list-misses";
export { pruneHistory } from "./history/prune-history";
export { readApr } from "./history/read-apr";
export { rollUpHistory } from "./history/roll-up";
export { sampleEarnings } from "./history/sample-earnings";
export { sumSigned } from "./history/sum-signed";
export { bondedStakeOf } from "./mirror/bonded-stake";
export { getChainValidator, listChainValidators } from "./mirror/chain-validators";
export { countRecentSlashes } from "./mirror/count-slashes";
export { getMissBudget } from "./mirror/get-miss-budget";
export { getNetworkParams } from "./mirror/get-network-params";
export { type KeptValidator, keptValidatorOf } from "./mirror/kept-validator";
export { listChainEvents } from "./mirror/list-chain-events";
export { recordChainFacts } from "./mirror/record-chain-facts";
export { listValidatorFacts } from "./mirror/validator-facts";
export { watchValidators } from "./mirror/watch-validator";
export { chainIdsByNetwork, networkNames } from "./networks/chain-ids";
export { checkNetwork } from "./networks/check-network";
export { requestDrip } from "./networks/drip-faucet";
export { quarantineEndpoint, recordEndpointHealth, releaseEndpoint } from "./networks/endpoint-standing";
export { getLocalnetStatus } from "./networks/get-localnet-status";
export { getNetworkRecord } from "./networks/get-network-record";
export { getRegistryFile } from "./networks/get-registry-file";
export { NetworkFacts, networkOf } from "./networks/network-of";
export { nodeFactsOf } from "./networks/node-facts";
export { noteLocalnetHome } from "./networks/note-localnet-home";
export { getNetwork, listAccountPrefixes, listNetworks } from "./networks/read-networks";
export { readRegistry } from "./networks/read-registry";
export { registerNetwork } from "./networks/register-network";
export { retireNetwork } from "./networks/retire-network";
export { silentNetworks } from "./networks/silent-networks";
export { toChainNetwork } from "./networks/to-network";
export { isInFlight, mayStillBeIncluded } from "./states";
export { acceptSigned, findAccepted } from "./transactions/accept-signed";
export { buildDocument } from "./transactions/build-document";
export { fitMessages } from "./transactions/fit-messages";
export { keepDocument, withdrawDocument } from "./transactions/keep-document";
export { listAnySubjectTransactions } from "./transactions/list-subject-transactions";
export { resumeTransactions } from "./transactions/resume-transactions";
export { PreparedTransaction, SignMode } from "./transactions/schemas";
