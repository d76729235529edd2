import "server-only";

export { getChainStatus } from "./get-chain-status";
export { getLocalnetStatus } from "./get-localnet-status";
export { getMissBudget } from "./get-miss-budget";
export { getNetwork } from "./get-network";
export { getNetworkPulse } from "./get-network-pulse";
export { getSigningGrid } from "./get-signing-grid";
export { getSyncCursor } from "./get-sync-cursor";
export { listChainEvents } from "./list-chain-events";
export { listNetworks } from "./list-networks";
export { quarantineEndpoint, releaseEndpoint } from "./quarantine-endpoint";
export { recordBlocks } from "./record-blocks";
export { recordChainFacts } from "./record-chain-facts";
export { recordEndpointHealth } from "./record-endpoint-health";
export { recordGap } from "./record-gap";
export { registerNetwork } from "./register-network";
export { resetRecords } from "./reset-records";
export { toChainNetwork } from "./to-network";
