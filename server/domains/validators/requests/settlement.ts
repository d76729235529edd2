import type { TransactionStatus } from "@/db/states/chain";
import { isInFlight } from "@/server/domains/chain";
import type { SetupStatus } from "../constants";
import { maySign } from "../states";

/** What a request knows of its transaction. */
type Known = {
  readonly status: SetupStatus;
  readonly chainTxHash: string | null;
  readonly chainTxHeight: bigint | null;
};

/** One of the request's transactions as chain keeps it. */
type Sent = {
  readonly status: TransactionStatus;
  readonly txHash: string | null;
  readonly height: bigint | null;
  /** The chain's words. */
  readonly rawLog: string | null;
};

export type Settlement<Transaction extends Sent> =
  | { readonly kind: "included"; readonly transaction: Transaction }
  | { readonly kind: "give_back"; readonly outcome: "failed" | "expired"; readonly reason: string };

/**
 * What a request has yet to take in of its transactions, newest first; null when nothing. One that a block has stands above all others: while it
 * is there nobody is asked to sign again. One that failed, or that no block had in its time, gives the request back to the signature. An active
 * request still learns its block: the chain may have shown the validator before our look found the transaction.
 */
export function settlementOf<Transaction extends Sent>(
  setup: Known,
  transactions: readonly Transaction[],
): Settlement<Transaction> | null {
  const isWaiting = setup.status === "chain_tx_pending";
  const isActive = setup.status === "active";
  if (!isWaiting && !isActive && !maySign(setup.status)) return null;
  if (transactions.some(({ status }) => isInFlight(status))) return null;
  const included = transactions.find(({ status }) => status === "included");
  if (included) {
    const isSame = setup.chainTxHash === included.txHash && setup.chainTxHeight === included.height;
    return isSame && (isWaiting || isActive) ? null : { kind: "included", transaction: included };
  }
  const sent = isWaiting
    ? transactions.find(({ txHash }) => txHash !== null && txHash === setup.chainTxHash)
    : undefined;
  if (sent?.status !== "failed" && sent?.status !== "expired") return null;
  return { kind: "give_back", outcome: sent.status, reason: sent.rawLog ?? "" };
}
