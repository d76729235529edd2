import type { EndpointState, NetworkStatus, TransactionStatus } from "@/db/states/chain";
import { canTransition, type TransitionTable } from "@/server/kernel/states";
import type { ValidatorFilter } from "./constants";

/** Network: planned until its chain runs; a retired one may come back. */
export const NETWORK_MOVES: TransitionTable<NetworkStatus> = {
  planned: ["active", "retired"],
  active: ["planned", "retired"],
  retired: ["active", "planned"],
};

/** Endpoint: its standing is measured, until it answers for another chain: out of that an operator alone releases it, and it is checked anew. */
export const ENDPOINT_MOVES: TransitionTable<EndpointState> = {
  unknown: ["healthy", "failing", "quarantined"],
  healthy: ["unknown", "failing", "quarantined"],
  failing: ["unknown", "healthy", "quarantined"],
  quarantined: ["unknown"],
};

/**
 * Transaction: a document gives way to a newer one or is signed; what is signed ends by the word of the chain, or expires when no block had it in
 * its time. A block's word is the last one: it stands against every later word, and corrects an expiry.
 */
export const TRANSACTION_MOVES: TransitionTable<TransactionStatus> = {
  prepared: ["accepted", "superseded"],
  accepted: ["broadcast", "included", "failed", "expired"],
  broadcast: ["included", "failed", "expired"],
  included: [],
  failed: [],
  expired: ["included", "failed"],
  superseded: [],
};

/** Signed, and no block has said the last word: also of one that expired, since its bytes may lie in a mempool yet. */
export const mayStillBeIncluded = (status: TransactionStatus): boolean =>
  canTransition(TRANSACTION_MOVES, status, "included");

/** Signed, and the chain has yet to say what comes of it: nothing else of its subject may be signed meanwhile. */
export const isInFlight = (status: TransactionStatus): boolean => status !== "expired" && mayStillBeIncluded(status);

/** The worst that the chain says of a validator: a jailed one counts as bonded until the end of its block. */
export const standingOnChain = (row: {
  readonly status: "bonded" | "unbonding" | "unbonded";
  readonly isJailed: boolean;
  readonly isTombstoned?: boolean;
}): ValidatorFilter => (row.isTombstoned ? "tombstoned" : row.isJailed ? "jailed" : row.status);
