import { fromBase64 } from "@cosmjs/encoding";
import { z } from "zod";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { checkSignedTransaction } from "./check-signed-transaction";
import {
  badTransactionSignature,
  fieldInvalid,
  nothingPrepared,
  notReadyToSign,
  setupRequestNotFound,
  signedOtherBytes,
  transactionInFlight,
} from "./errors";
import { transactionAccepted } from "./events";
import { setupMachine, transactionMachine } from "./machines";
import { listTransactions, lockSetup } from "./repository";
import { BroadcastTransactionInput } from "./schemas";

/**
 * Takes the signed bytes: they must be the prepared ones with a good signature. The bytes and their hash are kept before anything is sent, so
 * that a crash after this cannot lose them and sending them again is the same transaction. Repeating the call with the same bytes answers the
 * same. @throws invalid validators.signed_other_bytes, validators.bad_signature, conflict validators.nothing_prepared
 */
export const acceptTransaction = defineCommand({
  verb: "validators.accept-transaction",
  scope: "validators:write",
  tenancy: "organization",
  input: BroadcastTransactionInput.extend({ chainId: z.string() }),
  run: async (ctx, input) => {
    const setup = await lockSetup(ctx.tx, ctx.organizationId, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    const status = setup.status;
    const transactions = await listTransactions(ctx.tx, ctx.organizationId, setup.id);
    const known = transactions.find(
      (row) => row.txBytesBase64 === input.txBytes && row.status !== "failed" && row.status !== "expired",
    );
    if (known?.txHash) {
      ctx.audit({
        action: "validators.transaction.repeated",
        targetType: "transaction",
        targetId: known.id,
        details: { txHash: known.txHash },
      });
      return { transactionId: known.id, txHash: known.txHash, status };
    }
    if (status === "chain_tx_pending") throw transactionInFlight(setup.chainTxHash);
    if (status !== "ready_for_chain_tx") throw notReadyToSign(status);
    const prepared = transactions.find((row) => row.status === "prepared");
    if (!prepared) throw nothingPrepared();
    const check = checkSignedTransaction(
      { ...prepared, chainId: input.chainId, pubkey: fromBase64(prepared.signerPubkeyBase64) },
      fromBase64(input.txBytes),
    );
    if (check.outcome === "unreadable") throw fieldInvalid("txBytes", "not a signed transaction");
    if (check.outcome === "other_bytes") throw signedOtherBytes(check.fields.join(", "));
    if (check.outcome === "bad_signature") throw badTransactionSignature();

    await move(ctx, transactionMachine, prepared, "accepted", {
      patch: { txBytesBase64: input.txBytes, txHash: check.txHash },
    });
    await move(ctx, setupMachine, setup, "chain_tx_pending", {
      patch: {
        statusMessage: "The signed transaction is on its way to the chain.",
        chainTxHash: check.txHash,
        chainTxHeight: null,
        errorMessage: null,
      },
      story: {
        type: "activity",
        message: `Signed transaction ${prepared.fingerprint} received; sending it to the chain.`,
        details: { txHash: check.txHash, fingerprint: prepared.fingerprint },
      },
    });
    await ctx.emit(transactionAccepted, {
      transactionId: prepared.id,
      setupRequestId: setup.id,
      organizationId: setup.organizationId,
    });
    return { transactionId: prepared.id, txHash: check.txHash, status: "chain_tx_pending" as const };
  },
});
