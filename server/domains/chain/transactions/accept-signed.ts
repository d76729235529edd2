import { fromBase64 } from "@cosmjs/encoding";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { canTransition } from "@/server/kernel/states";
import {
  badTransactionSignature,
  nothingPrepared,
  signedOtherBytes,
  signerBusy,
  transactionInFlight,
  transactionUnreadable,
} from "../errors";
import { transactionAccepted } from "../events";
import { isInFlight, TRANSACTION_MOVES } from "../states";
import { checkSignedTransaction } from "./check-signed-transaction";
import { transactionMachine } from "./machine";
import { isSignerBusy, listTransactionsOf, lockSigner } from "./repository";
import type { TransactionSubject } from "./schemas";

/** A transaction whose signed bytes are kept. */
export type AcceptedTransaction = {
  readonly transactionId: string;
  readonly txHash: string;
  readonly fingerprint: string;
};

type Signed = { readonly subject: TransactionSubject; readonly txBytes: string };

/** The transaction that these very bytes are already, as long as they may still count; it is answered again, whatever became of its subject. */
export async function findAccepted(
  ctx: CommandCtx<string>,
  { subject, txBytes }: Signed,
): Promise<AcceptedTransaction | undefined> {
  const rows = await listTransactionsOf(ctx.tx, ctx.organizationId, subject);
  const known = rows.find(
    (row) => row.txBytesBase64 === txBytes && (isInFlight(row.status) || row.status === "included"),
  );
  if (!known?.txHash) return undefined;
  ctx.audit({
    action: "chain.transaction.repeated",
    targetType: "transaction",
    targetId: known.id,
    details: { txHash: known.txHash },
  });
  return { transactionId: known.id, txHash: known.txHash, fingerprint: known.fingerprint };
}

/**
 * Takes the signed bytes: they must be the prepared ones with a good signature. The bytes and their hash are kept before anything is sent, so
 * that a crash after this cannot lose them and sending them again is the same transaction. Within the command of the subject's domain, which
 * holds the subject's lock. @throws invalid chain.signed_other_bytes, chain.bad_signature, conflict chain.nothing_prepared, chain.transaction_in_flight, chain.signer_busy
 */
export async function acceptSigned(
  ctx: CommandCtx<string>,
  { subject, txBytes, chainId }: Signed & { readonly chainId: string },
): Promise<AcceptedTransaction> {
  const rows = await listTransactionsOf(ctx.tx, ctx.organizationId, subject);
  const underWay = rows.find(({ status }) => isInFlight(status));
  if (underWay) throw transactionInFlight(underWay.txHash);
  const prepared = rows.find(({ status }) => canTransition(TRANSACTION_MOVES, status, "accepted"));
  if (!prepared) throw nothingPrepared();
  const check = checkSignedTransaction(
    { ...prepared, chainId, pubkey: fromBase64(prepared.signerPubkeyBase64) },
    fromBase64(txBytes),
  );
  if (check.outcome === "unreadable") throw transactionUnreadable();
  if (check.outcome === "other_bytes") throw signedOtherBytes(check.fields.join(", "));
  if (check.outcome === "bad_signature") throw badTransactionSignature();
  await lockSigner(ctx.tx, prepared);
  if (await isSignerBusy(ctx.tx, prepared)) throw signerBusy();
  await move(ctx, transactionMachine, prepared, "accepted", {
    patch: { txBytesBase64: txBytes, txHash: check.txHash },
  });
  await ctx.emit(transactionAccepted, { transactionId: prepared.id, organizationId: ctx.organizationId, subject });
  return { transactionId: prepared.id, txHash: check.txHash, fingerprint: prepared.fingerprint };
}
