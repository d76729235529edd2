import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { canTransition } from "@/server/kernel/states";
import { defineChange } from "@/server/kernel/verbs";
import { transactionNotFound } from "../errors";
import { transactionExpired, transactionFailed, transactionIncluded } from "../events";
import { isInFlight, TRANSACTION_MOVES } from "../states";
import { transactionMachine } from "./machine";
import { listTransactionsOf, lockOutrun, lockTransaction, type TransactionRow } from "./repository";

/** What is said of a transaction after its last word changes nothing, and is kept in the log. */
function auditLate(ctx: CommandCtx<string | null>, row: TransactionRow, word: string): void {
  ctx.audit({
    action: "chain.transaction.late_word_ignored",
    targetType: "transaction",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { txHash: row.txHash, status: row.status, word },
  });
}

/** The chain has the transaction in its mempool. */
export const recordBroadcast = defineChange(
  "chain.record-broadcast",
  async (ctx, { transactionId }: { readonly transactionId: string }) => {
    const row = await lockTransaction(ctx.tx, transactionId);
    if (!row) throw transactionNotFound(transactionId);
    if (canTransition(TRANSACTION_MOVES, row.status, "broadcast"))
      await move(ctx, transactionMachine, row, "broadcast");
    else auditLate(ctx, row, "broadcast");
    return {};
  },
);

/** Another transaction of the account took the sequence. */
export const SEQUENCE_SPENT = "chain.sequence_spent";

const ENDS = { included: transactionIncluded, failed: transactionFailed, expired: transactionExpired } as const;

type TransactionOutcome = {
  readonly transactionId: string;
  readonly outcome: keyof typeof ENDS;
  /** Code of why it failed or expired; `reason` says it in the chain's words. */
  readonly reasonCode: string | null;
  readonly reason: string;
  readonly code: number | null;
  readonly codespace: string | null;
  readonly heightBlocks: string | null;
};

/**
 * What came of it, told to the subject's domain by an event. A run and the sweep may both say a word: the machine decides which one counts.
 * @throws not_found chain.transaction_not_found
 */
export const recordTransactionOutcome = defineChange(
  "chain.record-transaction-outcome",
  async (ctx, input: TransactionOutcome) => {
    const row = await lockTransaction(ctx.tx, input.transactionId);
    if (!row) throw transactionNotFound(input.transactionId);
    const subject = { kind: row.subjectKind, id: row.subjectId };
    const others = (await listTransactionsOf(ctx.tx, null, subject)).filter(({ id }) => id !== row.id);
    // Signed again to the same bytes, the newer row tells the story of them.
    const isTakenOver = others.some(
      ({ txHash, status }) => txHash === row.txHash && (isInFlight(status) || status === "included"),
    );
    if (isTakenOver || !canTransition(TRANSACTION_MOVES, row.status, input.outcome)) {
      auditLate(ctx, row, input.outcome);
      return { status: row.status };
    }
    await move(ctx, transactionMachine, row, input.outcome, {
      reason: input.reasonCode,
      patch: {
        code: input.code,
        codespace: input.codespace,
        rawLog: input.reason,
        height: input.heightBlocks === null ? null : BigInt(input.heightBlocks),
        includedAt: input.outcome === "included" ? ctx.now : null,
      },
    });
    const obsolete = [
      // The block used up the sequence of all that was prepared beside it, whatever that is for: the chain would refuse it.
      ...(input.heightBlocks === null && input.reasonCode !== SEQUENCE_SPENT ? [] : await lockOutrun(ctx.tx, row)),
      // Of one that was called never seen a newer document may lie ready to be signed: nothing more is to be signed for it.
      ...(input.outcome === "included" ? others.filter(({ status }) => status === "prepared") : []),
    ];
    for (const id of new Set(obsolete.map((document) => document.id))) {
      await move(ctx, transactionMachine, { id }, "superseded");
    }
    await ctx.emit(ENDS[input.outcome], { transactionId: row.id, organizationId: row.organizationId, subject });
    return { status: input.outcome };
  },
);
