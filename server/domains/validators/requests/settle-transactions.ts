import { z } from "zod";
import { listAnySubjectTransactions } from "@/server/domains/chain";
import type { CommandCtx } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { subjectOf } from "../constants";
import { setupRequestNotFound } from "../errors";
import { maySign } from "../states";
import { noteEvent } from "../story/note-event";
import { setupMachine } from "./machine";
import { lockSetup, updateSetup } from "./repository";
import { settlementOf } from "./settlement";
import { requireAnySetup } from "./setup-facts";

const Ref = z.strictObject({ setupRequestId: z.string() });

/** Moves the request to where its transactions have brought it; asked again under the lock, since another word may have come first. */
const recordSettlement = defineChange(
  "validators.record-settlement",
  async (ctx: CommandCtx<string | null>, { setupRequestId }: { readonly setupRequestId: string }) => {
    const setup = await lockSetup(ctx.tx, null, setupRequestId);
    if (!setup) throw setupRequestNotFound(setupRequestId);
    const transactions = await listAnySubjectTransactions(ctx, { subject: subjectOf(setup.id) });
    const settlement = settlementOf(setup, transactions);
    ctx.audit({
      action: "validators.setup_request.transaction_settled",
      targetType: "setup_request",
      targetId: setup.id,
      organizationId: setup.organizationId,
      details: { settlement: settlement?.kind ?? "none" },
    });
    if (settlement?.kind === "give_back") {
      const { outcome, reason } = settlement;
      await move(ctx, setupMachine, setup, "ready_for_chain_tx", {
        reason: `validators.transaction_${outcome}`,
        patch: {
          statusMessage: `The chain did not take the transaction: ${reason} Sign again.`,
          errorMessage: reason,
        },
        story: { type: "failed", message: `The chain did not take the transaction: ${reason}` },
      });
    }
    if (settlement?.kind === "included") {
      const { txHash, height } = settlement.transaction;
      const story = { type: "activity", message: `The chain took the transaction in block ${height}.` } as const;
      const block = { chainTxHash: txHash, chainTxHeight: height };
      const seen = { ...block, statusMessage: story.message, errorMessage: null };
      if (maySign(setup.status)) {
        await move(ctx, setupMachine, setup, "chain_tx_pending", { patch: seen, story });
      } else {
        await updateSetup(ctx.tx, setup.id, setup.status === "active" ? block : seen);
        await noteEvent(ctx, setup, story);
      }
    }
  },
);

/** Takes in what chain has recorded of the request's transactions. Repeats safely: what was taken in already changes nothing. */
export const settleTransactions = defineFlow<Ports>()({
  verb: "validators.settle-transactions",
  scope: "platform:write",
  tenancy: "platform",
  input: Ref,
  run: async (ctx, ref) => {
    const setup = await requireAnySetup(ctx.db, ref.setupRequestId);
    const transactions = await listAnySubjectTransactions(ctx, { subject: subjectOf(setup.id) });
    if (settlementOf(setup, transactions) !== null) await recordSettlement(ctx, ref);
    return { isIncluded: transactions.some(({ status }) => status === "included") };
  },
});
