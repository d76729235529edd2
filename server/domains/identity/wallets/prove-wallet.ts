import type { z } from "zod";
import type { CommandCtx, ServiceCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import type { WalletProofRefusal, WalletVerifier } from "@/server/ports/wallet-verifier";
import { signInRefused } from "../errors";
import type { WalletProof } from "../schemas";
import { takeLoginNonce } from "./repository";

/** Takes a statement out for its one answer, right or wrong; null when there is none or it is too old. */
const takeStatement = defineChange(
  "identity.take-statement",
  async (ctx: CommandCtx<string | null>, { nonce }: { readonly nonce: string }) => {
    const row = await takeLoginNonce(ctx.tx, nonce);
    if (!row || row.expiresAt <= ctx.now) return null;
    return { address: row.address, accountPrefix: row.accountPrefix, message: row.message };
  },
  { telemetry: true },
);

/** A wallet of which a signature was seen; `isTest` is what the browser said of its key. */
export type ProvenWallet = { readonly address: string; readonly pubkeyBase64: string; readonly isTest: boolean };

type RefusalReason = "nonce_unknown" | "address_differs" | WalletProofRefusal;

/**
 * The canonical address that the proof proves. The statement is gone afterwards, whether the proof was good or not; why a proof was refused
 * goes to the log alone.
 * @throws unauthenticated auth.sign_in_refused
 */
export async function proveWallet(
  ctx: ServiceCtx<{ readonly walletVerifier: WalletVerifier }>,
  proof: z.output<typeof WalletProof>,
): Promise<ProvenWallet> {
  const refuse = (reason: RefusalReason): never => {
    ctx.logger.warn(
      { reason, walletAddress: proof.walletAddress, ipAddress: ctx.origin.ipAddress, requestId: ctx.origin.requestId },
      "identity.sign_in.refused",
    );
    throw signInRefused();
  };
  const statement = await takeStatement(ctx, { nonce: proof.nonce });
  if (statement === null) return refuse("nonce_unknown");
  if (statement.address !== proof.walletAddress.toLowerCase()) return refuse("address_differs");
  const refusal = await ctx.ports.walletVerifier.refuse({
    ...statement,
    pubkeyBase64: proof.pubkey,
    signatureBase64: proof.signature,
  });
  if (refusal !== null) return refuse(refusal);
  return { address: statement.address, pubkeyBase64: proof.pubkey, isTest: proof.isTestWallet };
}
