import { z } from "zod";
import type { ServiceCtx } from "@/server/kernel/context";
import { defineQuery } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { activateSetup } from "./activate-setup";
import { findOnChain, readValidatorOnChain, sendTransaction } from "./ask-chain";
import { setupRequestNotFound } from "./errors";
import { networkOf } from "./network-of";
import { recordBroadcast, recordTransactionOutcome } from "./record-transaction-outcome";
import { findSetup, findTransaction } from "./repository";

type Ctx = ServiceCtx<Ports>;
type Ref = { readonly transactionId: string; readonly setupRequestId: string };
/** What a look at the chain found; plain, since the job engine keeps it. */
export type TransactionLook = {
  readonly isFound: boolean;
  readonly code: number | null;
  readonly codespace: string | null;
  readonly reason: string;
  readonly heightBlocks: string | null;
};

/** The transaction with its request, as our own jobs need them. */
export const getTransactionFacts = defineQuery({
  verb: "validators.get-transaction-facts",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({ transactionId: z.string(), setupRequestId: z.string() }),
  run: async (ctx, input) => {
    const transaction = await findTransaction(ctx.db, null, input.transactionId);
    const setup = await findSetup(ctx.db, null, input.setupRequestId);
    if (!transaction?.txBytesBase64 || !transaction.txHash || !setup) throw setupRequestNotFound(input.setupRequestId);
    return { setup, txBytesBase64: transaction.txBytesBase64, txHash: transaction.txHash };
  },
});

/** Sends the kept bytes; a refusal gives the request back for a new signature with the chain's reason. */
export async function sendAccepted(ctx: Ctx, ref: Ref): Promise<{ outcome: "sent" | "unknown" | "refused" }> {
  const { setup, txBytesBase64, txHash } = await getTransactionFacts(ctx, ref);
  const { network } = await networkOf(ctx, setup.networkId);
  // A repeat after a crash may find it in a block already; sending it again would then be refused as a used sequence.
  if (await findOnChain(ctx, { network, txHash })) return { outcome: "sent" };
  const sent = await sendTransaction(ctx, { network, txBytesBase64, txHash });
  if (sent.outcome === "refused") {
    // The same bytes may have got in between our look and our sending.
    const found = await findOnChain(ctx, { network, txHash });
    if (found) return { outcome: "sent" };
    await recordTransactionOutcome(ctx, {
      ...ref,
      outcome: "failed",
      reason: sent.reason,
      code: sent.code,
      codespace: sent.codespace,
      heightBlocks: null,
    });
    return { outcome: "refused" };
  }
  await recordBroadcast(ctx, ref);
  return { outcome: sent.outcome };
}

/** One look for the transaction in the blocks. */
export async function watchTransaction(ctx: Ctx, ref: Ref): Promise<TransactionLook> {
  const { setup, txHash } = await getTransactionFacts(ctx, ref);
  const { network } = await networkOf(ctx, setup.networkId);
  const found = await findOnChain(ctx, { network, txHash });
  return found === null
    ? { isFound: false, code: null, codespace: null, reason: "", heightBlocks: null }
    : { isFound: true, ...found };
}

/** Records included, failed or never seen, and says what stands recorded then: another word may have come first. */
export async function recordOutcomeOf(ctx: Ctx, ref: Ref, look: TransactionLook): Promise<{ isIncluded: boolean }> {
  const isGood = look.isFound && look.code === 0;
  const { status } = await recordTransactionOutcome(ctx, {
    ...ref,
    outcome: !look.isFound ? "expired" : isGood ? "included" : "failed",
    reason: look.isFound ? look.reason : "No block took it in time.",
    code: look.code,
    codespace: look.codespace,
    heightBlocks: look.heightBlocks,
  });
  return { isIncluded: status === "included" };
}

/** Active if, and only if, the chain shows our operator with our public key. */
export async function confirmOnChain(
  ctx: Ctx,
  ref: { readonly setupRequestId: string; readonly transactionId?: string },
): Promise<{ isActive: boolean }> {
  const setup = await getSetupForChain(ctx, { setupRequestId: ref.setupRequestId });
  const { network } = await networkOf(ctx, setup.networkId);
  const shown = await readValidatorOnChain(ctx, { network, operatorAddress: setup.operatorAddress, maxAgeMs: 0 });
  if (shown === null || shown.consensusPubkey !== setup.consensusPubkey) return { isActive: false };
  await activateSetup(ctx, { setupRequestId: setup.id, chainPubkey: shown.consensusPubkey, heightBlocks: null });
  return { isActive: true };
}

const getSetupForChain = defineQuery({
  verb: "validators.get-setup-for-chain",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({ setupRequestId: z.string() }),
  run: async (ctx, input) => {
    const setup = await findSetup(ctx.db, null, input.setupRequestId);
    if (!setup) throw setupRequestNotFound(input.setupRequestId);
    return setup;
  },
});
