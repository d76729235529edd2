import type { z } from "zod";
import { acceptSigned, findAccepted, networkOf, transactionInFlight } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { subjectOf } from "../constants";
import { notReadyToSign, setupRequestNotFound } from "../errors";
import { maySign } from "../states";
import { assertHasNode } from "./assert-has-node";
import { getSetupRequest } from "./get-setup-request";
import { setupMachine } from "./machine";
import { ON_ITS_WAY } from "./note-silence";
import { lockSetup } from "./repository";
import { AcceptedTransaction, BroadcastTransactionInput } from "./schemas";

/**
 * Takes the signed creation of the validator, and the request waits for the chain from then on. Repeating the call with the same bytes answers
 * the same. @throws invalid chain.signed_other_bytes, chain.bad_signature, conflict chain.nothing_prepared, chain.transaction_in_flight
 */
export const acceptTransaction = defineChange(
  "validators.accept-transaction",
  async (
    ctx: CommandCtx,
    { setupRequestId, txBytes, chainId }: z.output<typeof BroadcastTransactionInput> & { readonly chainId: string },
  ) => {
    const setup = await lockSetup(ctx.tx, ctx.organizationId, setupRequestId);
    if (!setup) throw setupRequestNotFound(setupRequestId);
    const signed = { subject: subjectOf(setup.id), txBytes };
    const repeated = await findAccepted(ctx, signed);
    if (repeated) return { transactionId: repeated.transactionId, txHash: repeated.txHash, status: setup.status };
    if (setup.status === "chain_tx_pending") throw transactionInFlight(setup.chainTxHash);
    if (!maySign(setup.status)) throw notReadyToSign(setup.status);
    await assertHasNode(ctx, setup);
    const { transactionId, txHash, fingerprint } = await acceptSigned(ctx, { ...signed, chainId });
    await move(ctx, setupMachine, setup, "chain_tx_pending", {
      patch: {
        statusMessage: ON_ITS_WAY,
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
);

/** Takes the signed transaction; the durable function sends it. The same bytes again give the same answer. See `acceptTransaction`. */
export const submitTransaction = defineFlow<Ports>()({
  verb: "validators.submit-transaction",
  scope: "validators:write",
  tenancy: "organization",
  input: BroadcastTransactionInput,
  output: AcceptedTransaction,
  run: async (ctx, input) => {
    const { setupRequest } = await getSetupRequest(ctx, { setupRequestId: input.setupRequestId });
    const { network } = await networkOf(ctx, setupRequest.networkId);
    return acceptTransaction(ctx, { ...input, chainId: network.chainId });
  },
});
