/** Whether a network is on offer. */
export const NETWORK_STATUSES = ["active", "planned", "retired"] as const;
export type NetworkStatus = (typeof NETWORK_STATUSES)[number];

/** Standing of one URL of a network's pool. */
export const ENDPOINT_STATES = ["unknown", "healthy", "failing", "quarantined"] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** What became of a transaction that was prepared for somebody to sign. */
export const TRANSACTION_STATUSES = [
  "prepared",
  "accepted",
  "broadcast",
  "included",
  "failed",
  "expired",
  "superseded",
] as const;
export type TransactionStatus = (typeof TRANSACTION_STATUSES)[number];
