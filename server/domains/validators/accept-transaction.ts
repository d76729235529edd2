import { z } from "zod";
import { acceptSigned, findAccepted, transactionInFlight } from "@/server/domains/chain";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { notReadyToSign, setupRequestNotFound } from "./errors";
import { setupMachine } from "./machines";
import { lockSetup } from "./repository";
import { BroadcastTransactionInput } from "./schemas";
import { subjectOf } from "./subject";

/**
 * Takes the signed creation of the validator, and the request waits for the chain from then on. Repeating the call with the same bytes answers
 * the same. @throws invalid chain.signed_other_bytes, chain.bad_signature, conflict chain.nothing_prepared, chain.transaction_in_flight
 */
export const acceptTransaction = defineCommand({
  verb: "validators.accept-transaction",
  scope: "validators:write",
  tenancy: "organization",
  input: BroadcastTransactionInput.extend({ chainId: z.string() }),
  run: async (ctx, { setupRequestId, txBytes, chainId }) => {
    const setup = await lockSetup(ctx.tx, ctx.organizationId, setupRequestId);
    if (!setup) throw setupRequestNotFound(setupRequestId);
    const signed = { subject: subjectOf(setup.id), txBytes };
    const repeated = await findAccepted(ctx, signed);
    if (repeated) return { transactionId: repeated.transactionId, txHash: repeated.txHash, status: setup.status };
    if (setup.status === "chain_tx_pending") throw transactionInFlight(setup.chainTxHash);
    if (setup.status !== "ready_for_chain_tx") throw notReadyToSign(setup.status);
    const { transactionId, txHash, fingerprint } = await acceptSigned(ctx, { ...signed, chainId });
    await move(ctx, setupMachine, setup, "chain_tx_pending", {
      patch: {
        statusMessage: "The signed transaction is on its way to the chain.",
        chainTxHash: txHash,
        chainTxHeight: null,
        errorMessage: null,
      },
      story: {
        type: "activity",
        message: `Signed transaction ${fingerprint} received; sending it to the chain.`,
        details: { txHash, fingerprint },
      },
    });
    return { transactionId, txHash, status: "chain_tx_pending" as const };
  },
});
