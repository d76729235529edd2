/**
 * States of a setup request; `active` is set only when the chain shows the operator with our public key, `ended` only when the chain no longer
 * has it.
 */
export const SETUP_STATUSES = [
  "pending",
  "provisioning",
  "configuring",
  "ready_for_chain_tx",
  "chain_tx_pending",
  "active",
  "ended",
  "failed",
  "cancelled",
] as const;
export type SetupStatus = (typeof SETUP_STATUSES)[number];

/** States that a node was last seen in. */
export const NODE_STATUSES = ["starting", "running", "syncing", "synced", "stopped", "error", "terminated"] as const;
export type NodeStatus = (typeof NODE_STATUSES)[number];
