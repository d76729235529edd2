import type { TransactionStatus } from "@/db/states/chain";
import { canTransition, type TransitionTable } from "@/server/kernel/states";

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

/** Signed, and the chain has yet to say what comes of it: nothing else of its subject may be signed meanwhile. */
export const isInFlight = (status: TransactionStatus): boolean =>
  status !== "expired" && canTransition(TRANSACTION_MOVES, status, "included");
