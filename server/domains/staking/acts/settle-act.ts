import { z } from "zod";
import type { TransactionStatus } from "@/db/states/chain";
import { listAnySubjectTransactions } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { canTransition } from "@/server/kernel/states";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import { followCompoundAct } from "../compound/follow-act";
import { type ActStatus, subjectOf } from "../constants";
import { actNotFound } from "../errors";
import { ACT_MOVES } from "../states";
import { actMachine } from "./machine";
import { findAct, lockAct } from "./repository";

const ENDS: Partial<Record<TransactionStatus, "done" | "failed" | "expired">> = {
  included: "done",
  failed: "failed",
  expired: "expired",
};

type Sent = { readonly status: TransactionStatus };

/** The chain's word on what was signed, of any of the domain's subjects; null while there is none. */
export function wordOf<Transaction extends Sent>(transactions: readonly Transaction[]) {
  const transaction = transactions.find((one) => ENDS[one.status] !== undefined);
  const end = transaction && ENDS[transaction.status];
  return transaction && end ? { end, transaction } : null;
}

/** Where the act's signed transaction has brought it; null while the chain has not answered, or when that was taken in already. */
export function endOf<Transaction extends Sent>(status: ActStatus, transactions: readonly Transaction[]) {
  // One document of an act is signed at most once; what was never signed says nothing.
  const word = wordOf(transactions);
  return word !== null && canTransition(ACT_MOVES, status, word.end) ? word : null;
}

const Ref = z.strictObject({ actId: z.string() });

/** Asked again under the lock, since the sweep and the event's run may both come. */
const recordActEnd = defineChange(
  "staking.record-act-end",
  async (ctx: CommandCtx<string | null>, { actId }: { readonly actId: string }) => {
    const act = await lockAct(ctx.tx, null, actId);
    if (!act) throw actNotFound(actId);
    const found = endOf(act.status, await listAnySubjectTransactions(ctx, { subject: subjectOf(act.id) }));
    if (found === null) {
      ctx.audit({
        action: "staking.act.late_word_ignored",
        targetType: "act",
        targetId: act.id,
        organizationId: act.organizationId,
        details: { status: act.status },
      });
      return { status: act.status };
    }
    const { end, transaction } = found;
    const { status } = await move(ctx, actMachine, act, end, {
      reason: transaction.statusReason,
      patch: {
        txHash: transaction.txHash,
        heightBlocks: transaction.height,
        reason: end === "done" ? null : transaction.rawLog,
      },
    });
    if (end === "done") await followCompoundAct(ctx, act);
    return { status };
  },
);

/** Takes in what chain has recorded of the act's transaction. Repeats safely: what was taken in already changes nothing. */
export const settleAct = defineFlow()({
  verb: "staking.settle-act",
  scope: "platform:write",
  tenancy: "platform",
  input: Ref,
  run: async (ctx, { actId }) => {
    const act = await findAct(ctx.db, null, actId);
    if (!act) throw actNotFound(actId);
    const transactions = await listAnySubjectTransactions(ctx, { subject: subjectOf(act.id) });
    if (endOf(act.status, transactions) !== null) await recordActEnd(ctx, { actId });
    return {};
  },
});
