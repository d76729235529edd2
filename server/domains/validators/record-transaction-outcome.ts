import { z } from "zod";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { canTransition } from "@/server/kernel/states";
import { defineCommand } from "@/server/kernel/verbs";
import { setupRequestNotFound } from "./errors";
import { setupMachine, transactionMachine } from "./machines";
import { noteEvent } from "./note-event";
import { listTransactions, lockSetup, lockTransaction, type SetupRow, type TransactionRow } from "./repository";
import { TRANSACTION_MOVES } from "./states";

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
    if (row.status === "accepted") await move(ctx, transactionMachine, row, "broadcast");
    else auditLate(ctx, row, "broadcast");
    return {};
  },
});

/** What is said of a transaction after its last word changes nothing, and is kept in the log. */
function auditLate(ctx: CommandCtx<string | null>, row: TransactionRow, word: string): void {
  ctx.audit({
    action: "validators.transaction.late_word_ignored",
    targetType: "transaction",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { txHash: row.txHash, status: row.status, word },
  });
}

const Outcome = TransactionRef.extend({
  outcome: z.enum(["included", "failed", "expired"]),
  reason: z.string(),
  code: z.number().int().nullable(),
  codespace: z.string().nullable(),
  heightBlocks: z.string().nullable(),
});
type Outcome = z.output<typeof Outcome>;

/**
 * What came of it. Included without error keeps the request waiting for the chain's own word on the validator; refused, failed or never seen
 * gives it back for a new signature, with the chain's reason. A run and the sweep may both say a word: the machine decides which one counts.
 */
export const recordTransactionOutcome = defineCommand({
  verb: "validators.record-transaction-outcome",
  scope: "platform:write",
  tenancy: "platform",
  input: Outcome,
  run: async (ctx, input) => {
    const setup = await lockSetup(ctx.tx, null, input.setupRequestId);
    const row = await lockTransaction(ctx.tx, input.transactionId);
    if (!setup || !row) throw setupRequestNotFound(input.setupRequestId);
    const others = (await listTransactions(ctx.tx, null, setup.id)).filter(({ id }) => id !== row.id);
    // Signed again to the same bytes, the newer row tells the story of them.
    const isTakenOver = others.some(({ txHash, status }) => txHash === row.txHash && isUnderWay(status));
    if (isTakenOver || !canTransition(TRANSACTION_MOVES, row.status, input.outcome)) {
      auditLate(ctx, row, input.outcome);
      return { status: row.status };
    }
    await move(ctx, transactionMachine, row, input.outcome, {
      patch: {
        code: input.code,
        codespace: input.codespace,
        rawLog: input.reason,
        height: input.heightBlocks === null ? null : BigInt(input.heightBlocks),
        includedAt: input.outcome === "included" ? ctx.now : null,
      },
    });
    if (input.outcome === "included") await tellIncluded(ctx, setup, row, others, input);
    else if (setup.status === "chain_tx_pending" && setup.chainTxHash === row.txHash) {
      await giveBack(ctx, setup, input.outcome, input.reason);
    }
    return { status: input.outcome };
  },
});

const isUnderWay = (status: TransactionRow["status"]): boolean =>
  status === "accepted" || status === "broadcast" || status === "included";

async function tellIncluded(
  ctx: CommandCtx<string | null>,
  setup: SetupRow,
  row: TransactionRow,
  others: readonly TransactionRow[],
  { heightBlocks }: Outcome,
): Promise<void> {
  const story = { type: "activity", message: `The chain took the transaction in block ${heightBlocks}.` } as const;
  if (setup.status === "ready_for_chain_tx" && row.status === "expired") {
    // It was called never seen, and the person asked to sign again: a block has it after all, so that nothing more is to be signed.
    for (const former of others.filter(({ status }) => status === "prepared")) {
      await move(ctx, transactionMachine, former, "superseded");
    }
    await move(ctx, setupMachine, setup, "chain_tx_pending", {
      patch: { statusMessage: story.message, chainTxHash: row.txHash, errorMessage: null },
      story,
    });
  } else if (setup.status === "chain_tx_pending" && setup.chainTxHash === row.txHash) {
    await noteEvent(ctx, setup, story);
  }
}

async function giveBack(
  ctx: CommandCtx<string | null>,
  setup: SetupRow,
  outcome: "failed" | "expired",
  reason: string,
): Promise<void> {
  await move(ctx, setupMachine, setup, "ready_for_chain_tx", {
    reason: `validators.transaction_${outcome}`,
    patch: {
      statusMessage: `The chain did not take the transaction: ${reason} Sign again.`,
      errorMessage: reason,
    },
    story: { type: "failed", message: `The chain did not take the transaction: ${reason}` },
  });
}
