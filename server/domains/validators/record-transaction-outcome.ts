import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "./errors";
import { noteEvent } from "./note-event";
import { lockSetup, lockTransaction, updateTransaction } from "./repository";
import { setupStatusOf } from "./to-view";
import { transitionSetup } from "./transition-setup";

const TransactionRef = z.strictObject({ transactionId: z.string(), setupRequestId: z.string() });

/** The chain has the transaction in its mempool. */
export const recordBroadcast = defineCommand({
  verb: "validators.record-broadcast",
  scope: "platform:write",
  tenancy: "platform",
  input: TransactionRef,
  run: async (ctx, input) => {
    const row = await lockTransaction(ctx.tx, input.transactionId);
    if (!row) throw setupRequestNotFound(input.setupRequestId);
    if (row.status === "accepted") await updateTransaction(ctx.tx, row.id, { status: "broadcast" });
    ctx.audit({
      action: "validators.transaction.broadcast",
      targetType: "transaction",
      targetId: row.id,
      organizationId: row.organizationId,
      details: { txHash: row.txHash, fingerprint: row.fingerprint },
    });
    return {};
  },
});

/**
 * What came of it. Included without error keeps the request waiting for the chain's own word on the validator; refused, failed or never seen
 * gives it back for a new signature, with the chain's reason.
 */
export const recordTransactionOutcome = defineCommand({
  verb: "validators.record-transaction-outcome",
  scope: "platform:write",
  tenancy: "platform",
  input: TransactionRef.extend({
    outcome: z.enum(["included", "failed", "expired"]),
    reason: z.string(),
    code: z.number().int().nullable(),
    codespace: z.string().nullable(),
    heightBlocks: z.string().nullable(),
  }),
  run: async (ctx, input) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    const row = await lockTransaction(ctx.tx, input.transactionId);
    if (!setup || !row) throw setupRequestNotFound(input.setupRequestId);
    await updateTransaction(ctx.tx, row.id, {
      status: input.outcome,
      code: input.code,
      codespace: input.codespace,
      rawLog: input.reason,
      height: input.heightBlocks === null ? null : BigInt(input.heightBlocks),
      includedAt: input.outcome === "included" ? ctx.now : null,
    });
    ctx.audit({
      action: `validators.transaction.${input.outcome}`,
      targetType: "transaction",
      targetId: row.id,
      organizationId: row.organizationId,
      details: { txHash: row.txHash, code: input.code, codespace: input.codespace },
    });
    if (setupStatusOf(setup) !== "chain_tx_pending" || setup.chainTxHash !== row.txHash) return {};
    if (input.outcome === "included") {
      await noteEvent(ctx, setup, {
        type: "activity",
        message: `The chain took the transaction in block ${input.heightBlocks}.`,
      });
      return {};
    }
    await transitionSetup(ctx, setup, "ready_for_chain_tx", {
      statusMessage: `The chain did not take the transaction: ${input.reason} Sign again.`,
      errorCode: `validators.transaction_${input.outcome}`,
      errorMessage: input.reason,
    });
    await noteEvent(ctx, setup, { type: "failed", message: `The chain did not take the transaction: ${input.reason}` });
    return {};
  },
});
