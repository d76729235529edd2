import { z } from "zod";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { validatorsDomain } from "./domain";
import { notReadyToSign, setupRequestNotFound, transactionInFlight } from "./errors";
import { transactionMachine } from "./machines";
import { noteEvent } from "./note-event";
import { insertTransaction, listPrepared, lockSetup } from "./repository";
import { SetupRequestId } from "./schemas";

/** Keeps the exact bytes that the person is about to see; an unsigned document of before gives way. */
export const recordPrepared = defineCommand({
  verb: "validators.record-prepared-transaction",
  scope: "validators:write",
  tenancy: "organization",
  input: z.strictObject({
    setupRequestId: SetupRequestId,
    signMode: z.enum(["direct", "amino"]),
    bodyBytesBase64: z.string(),
    authInfoBytesBase64: z.string(),
    signBytesBase64: z.string(),
    signerPubkeyBase64: z.string(),
    accountNumber: z.string(),
    sequence: z.string(),
    fingerprint: z.string(),
  }),
  run: async (ctx, input) => {
    const setup = await lockSetup(ctx.tx, ctx.organizationId, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    const status = setup.status;
    if (status === "chain_tx_pending") throw transactionInFlight(setup.chainTxHash);
    if (status !== "ready_for_chain_tx") throw notReadyToSign(status);
    for (const former of await listPrepared(ctx.tx, setup.id))
      await move(ctx, transactionMachine, former, "superseded");
    const row = await insertTransaction(ctx.tx, {
      id: validatorsDomain.newId("transaction"),
      organizationId: ctx.organizationId,
      setupRequestId: setup.id,
      networkId: setup.networkId,
      signerAddress: setup.walletAddress,
      type: "create_validator",
      signMode: input.signMode,
      bodyBytesBase64: input.bodyBytesBase64,
      authInfoBytesBase64: input.authInfoBytesBase64,
      signBytesBase64: input.signBytesBase64,
      signerPubkeyBase64: input.signerPubkeyBase64,
      accountNumber: BigInt(input.accountNumber),
      sequence: BigInt(input.sequence),
      fingerprint: input.fingerprint,
      status: "prepared",
      createdAt: ctx.now,
      updatedAt: ctx.now,
    });
    await noteEvent(ctx, setup, {
      type: "activity",
      message: `Transaction prepared for signing (${input.fingerprint}).`,
      details: { fingerprint: input.fingerprint, transactionId: row.id },
    });
    ctx.audit({
      action: "validators.transaction.prepared",
      targetType: "transaction",
      targetId: row.id,
      details: { setupRequestId: setup.id, fingerprint: input.fingerprint, signMode: input.signMode },
    });
    return { transactionId: row.id };
  },
});
