import { z } from "zod";
import { keepDocument, SignMode, transactionInFlight } from "@/server/domains/chain";
import { defineCommand } from "@/server/kernel/verbs";
import { notReadyToSign, setupRequestNotFound } from "./errors";
import { noteEvent } from "./note-event";
import { lockSetup } from "./repository";
import { SetupRequestId } from "./schemas";
import { subjectOf } from "./subject";

/** Keeps the exact bytes that the person is about to see; an unsigned document of before gives way. */
export const recordPrepared = defineCommand({
  verb: "validators.record-prepared-transaction",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({
    setupRequestId: SetupRequestId,
    signMode: SignMode,
    bodyBytesBase64: z.string(),
    authInfoBytesBase64: z.string(),
    signBytesBase64: z.string(),
    signerPubkeyBase64: z.string(),
    accountNumber: z.string(),
    sequence: z.string(),
    fingerprint: z.string(),
  }),
  run: async (ctx, { setupRequestId, ...bytes }) => {
    const setup = await lockSetup(ctx.tx, ctx.organizationId, setupRequestId);
    if (!setup) throw setupRequestNotFound(setupRequestId);
    if (setup.status === "chain_tx_pending") throw transactionInFlight(setup.chainTxHash);
    if (setup.status !== "ready_for_chain_tx") throw notReadyToSign(setup.status);
    const { id: transactionId, fingerprint } = await keepDocument(ctx, {
      ...bytes,
      subject: subjectOf(setup.id),
      networkId: setup.networkId,
      signerAddress: setup.walletAddress,
      type: "create_validator",
    });
    await noteEvent(ctx, setup, {
      type: "activity",
      message: `Transaction prepared for signing (${bytes.fingerprint}).`,
      details: { fingerprint: bytes.fingerprint, transactionId },
    });
    return { transactionId, fingerprint };
  },
});
