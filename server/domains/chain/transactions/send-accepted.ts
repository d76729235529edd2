import { fromBase64 } from "@cosmjs/encoding";
import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import type { ChainNetwork } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { transactionNotFound } from "../errors";
import { networkOf } from "../networks/network-of";
import { recordBroadcast, recordTransactionOutcome } from "./record-outcome";
import { findTransaction } from "./repository";

type Ctx = ServiceCtx<Ports>;
type Ref = { readonly transactionId: string };
/** What a look at the chain found; plain, since the job engine keeps it. */
export type TransactionLook = {
  readonly isFound: boolean;
  readonly code: number | null;
  readonly codespace: string | null;
  readonly reason: string;
  readonly heightBlocks: string | null;
};

/** The signed bytes, and the chain that they are for. */
async function signedOf(ctx: Ctx, { transactionId }: Ref) {
  const row = await findTransaction(ctx.db, transactionId);
  if (!row?.txBytesBase64 || !row.txHash) throw transactionNotFound(transactionId);
  const { network } = await networkOf(ctx, row.networkId);
  return { network, txBytesBase64: row.txBytesBase64, txHash: row.txHash };
}

/** Hands the signed bytes to the chain; the same bytes again are the same transaction. */
async function broadcast({ chains }: Pick<Ports, "chains">, network: ChainNetwork, txBytesBase64: string) {
  try {
    await chains.forNetwork(network).broadcast(fromBase64(txBytesBase64));
    return { outcome: "sent" as const };
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    // Whether it was taken is unknown: the watch that follows looks for the hash, nothing is sent anew.
    if (thrown.code === "chain.broadcast_unknown") return { outcome: "unknown" as const };
    if (thrown.code !== "chain.transaction_refused") throw thrown;
    const code = thrown.details.chainCode;
    return {
      outcome: "refused" as const,
      reason: thrown.message,
      code: typeof code === "number" ? code : null,
      codespace: String(thrown.details.codespace ?? ""),
    };
  }
}

/** Looks for the transaction in the blocks; null while no block has it. */
async function findOnChain({ chains }: Pick<Ports, "chains">, network: ChainNetwork, txHash: string) {
  try {
    const found = await chains.forNetwork(network).transaction(txHash, { maxAgeMs: 0 });
    return {
      code: found.code,
      codespace: found.codespace,
      reason: found.rawLog,
      heightBlocks: found.heightBlocks.toString(),
    };
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === "not_found") return null;
    throw thrown;
  }
}

/** Sends the kept bytes; a refusal is recorded with the chain's reason. */
export async function sendAccepted(ctx: Ctx, ref: Ref): Promise<{ outcome: "sent" | "unknown" | "refused" }> {
  const { network, txBytesBase64, txHash } = await signedOf(ctx, ref);
  // A repeat after a crash may find it in a block already; sending it again would then be refused as a used sequence.
  if (await findOnChain(ctx.ports, network, txHash)) return { outcome: "sent" };
  const sent = await broadcast(ctx.ports, network, txBytesBase64);
  if (sent.outcome === "refused") {
    // The same bytes may have got in between our look and our sending.
    if (await findOnChain(ctx.ports, network, txHash)) return { outcome: "sent" };
    await recordTransactionOutcome(ctx, {
      transactionId: ref.transactionId,
      outcome: "failed",
      reasonCode: "chain.transaction_refused",
      reason: sent.reason,
      code: sent.code,
      codespace: sent.codespace,
      heightBlocks: null,
    });
    return { outcome: "refused" };
  }
  await recordBroadcast(ctx, { transactionId: ref.transactionId });
  return { outcome: sent.outcome };
}

/** One look for the transaction in the blocks. */
export async function watchTransaction(ctx: Ctx, ref: Ref): Promise<TransactionLook> {
  const { network, txHash } = await signedOf(ctx, ref);
  const found = await findOnChain(ctx.ports, network, txHash);
  return found === null
    ? { isFound: false, code: null, codespace: null, reason: "", heightBlocks: null }
    : { isFound: true, ...found };
}

/** Records included, failed or never seen, and says what stands recorded then: another word may have come first. */
export async function recordOutcomeOf(ctx: Ctx, ref: Ref, look: TransactionLook): Promise<{ isIncluded: boolean }> {
  const isGood = look.isFound && look.code === 0;
  const { status } = await recordTransactionOutcome(ctx, {
    transactionId: ref.transactionId,
    outcome: !look.isFound ? "expired" : isGood ? "included" : "failed",
    reasonCode: !look.isFound ? "chain.transaction_not_seen" : isGood ? null : "chain.transaction_reverted",
    reason: look.isFound ? look.reason : "No block took it in time.",
    code: look.code,
    codespace: look.codespace,
    heightBlocks: look.heightBlocks,
  });
  return { isIncluded: status === "included" };
}
