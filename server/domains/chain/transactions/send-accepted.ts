import { fromBase64 } from "@cosmjs/encoding";
import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";
import { findByIndex, lookFor, type Signed, signedOf, type TransactionLook } from "./look-for";
import { recordBroadcast, recordTransactionOutcome, SEQUENCE_SPENT } from "./record-outcome";

export type { TransactionLook } from "./look-for";

type Ctx = ServiceCtx<Ports>;
type Ref = { readonly transactionId: string };

const OPEN: TransactionLook = { isFound: false, code: null, codespace: null, reason: "", heightBlocks: null };

/** Refusals that say something of this moment, not of the bytes. After a sending whose answer was lost, a used sequence is what one hears of success. */
const PASSING = new Set(["sequence_mismatch", "mempool_full"]);

/** Hands the signed bytes to the chain; the same bytes again are the same transaction. */
async function broadcast({ chains }: Pick<Ports, "chains">, { network, txBytesBase64 }: Signed) {
  try {
    await chains.forNetwork(network).broadcast(fromBase64(txBytesBase64));
    return { outcome: "sent" as const };
  } catch (thrown) {
    if (!isAppError(thrown)) throw thrown;
    // Whether it was taken is unknown: the looks that follow find out, and send the same bytes again while they may still count.
    if (thrown.code === "chain.broadcast_unknown") return { outcome: "unknown" as const };
    if (thrown.code !== "chain.transaction_refused") throw thrown;
    const { chainCode, codespace, refusal } = thrown.details;
    return {
      outcome: "refused" as const,
      isPassing: PASSING.has(String(refusal)),
      look: {
        ...OPEN,
        code: typeof chainCode === "number" ? chainCode : null,
        codespace: String(codespace ?? ""),
        reason: thrown.message,
        end: "refused" as const,
      },
    };
  }
}

/** Sends, and where the chain refuses looks whether that is because a block has the bytes already. */
async function sendAndLook(ctx: Ctx, signed: Signed): Promise<{ outcome: "sent" | "unknown"; look: TransactionLook }> {
  const sent = await broadcast(ctx.ports, signed);
  if (sent.outcome !== "refused") return { outcome: sent.outcome, look: OPEN };
  const { latestHeightBlocks } = await ctx.ports.chains.forNetwork(signed.network).status({ maxAgeMs: 0 });
  const where = await lookFor(ctx, signed);
  if (where.state === "ended") return { outcome: "sent", look: where.look };
  // An endpoint a block behind still shows the sequence unused when the one that refused has the bytes in a block: then the next look decides.
  const isOpenNow = where.state === "open" && (where.heightBlocks === null || where.heightBlocks >= latestHeightBlocks);
  return { outcome: "unknown", look: isOpenNow && !sent.isPassing ? sent.look : OPEN };
}

/** Whether nothing more will come of it. */
export const isDecided = (look: TransactionLook): boolean => look.isFound || look.end !== undefined;

/** Whether a block is known to have them already, as after a crash; that nobody can tell is no reason not to send. */
async function isKnownInBlock(ctx: Ctx, { network, txHash }: Signed): Promise<boolean> {
  try {
    return (await findByIndex(ctx.ports.chains.forNetwork(network), txHash)) !== null;
  } catch (thrown) {
    if (isAppError(thrown)) return false;
    throw thrown;
  }
}

/**
 * Sends the kept bytes unless a block is known to have them: sending again is the same transaction. A refusal that is for good is recorded with
 * the chain's reason.
 */
export async function sendAccepted(ctx: Ctx, ref: Ref): Promise<{ outcome: "sent" | "unknown" | "refused" }> {
  const signed = await signedOf(ctx, ref.transactionId);
  if (await isKnownInBlock(ctx, signed)) return { outcome: "sent" };
  const { outcome, look } = await sendAndLook(ctx, signed);
  if (look.end !== undefined) {
    await recordOutcomeOf(ctx, ref, look);
    return { outcome: "refused" };
  }
  await recordBroadcast(ctx, ref);
  return { outcome };
}

/**
 * One look for the transaction. What no block has and is still valid is sent again unless it has just been: a mempool may have lost it, or never
 * have got it.
 */
export async function watchTransaction(
  ctx: Ctx,
  { transactionId }: Ref,
  { isJustSent = false }: { readonly isJustSent?: boolean } = {},
): Promise<TransactionLook> {
  const signed = await signedOf(ctx, transactionId);
  const where = await lookFor(ctx, signed);
  if (where.state === "ended") return where.look;
  return where.state === "open" && !isJustSent ? (await sendAndLook(ctx, signed)).look : OPEN;
}

/** Records included, failed or never seen, and says what stands recorded then: another word may have come first. */
export async function recordOutcomeOf(ctx: Ctx, ref: Ref, look: TransactionLook): Promise<{ isIncluded: boolean }> {
  const { status } = await recordTransactionOutcome(ctx, {
    transactionId: ref.transactionId,
    ...wordOf(look),
    code: look.code,
    codespace: look.codespace,
    heightBlocks: look.heightBlocks,
  });
  return { isIncluded: status === "included" };
}

function wordOf(look: TransactionLook) {
  if (look.isFound) {
    const isGood = look.hasWorked ?? look.code === 0;
    return isGood
      ? { outcome: "included" as const, reasonCode: null, reason: look.reason }
      : { outcome: "failed" as const, reasonCode: "chain.transaction_reverted", reason: look.reason };
  }
  if (look.end !== undefined) {
    const reasonCode = look.end === "spent" ? SEQUENCE_SPENT : "chain.transaction_refused";
    return { outcome: "failed" as const, reasonCode, reason: look.reason };
  }
  const reason = "No block took it in time.";
  return { outcome: "expired" as const, reasonCode: "chain.transaction_not_seen", reason };
}
