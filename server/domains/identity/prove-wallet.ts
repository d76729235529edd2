import { z } from "zod";
import type { ServiceCtx } from "@/server/kernel/context";
import { defineCommand, defineEffect } from "@/server/kernel/verbs";
import type { WalletProofRefusal, WalletVerifier } from "@/server/ports/wallet-verifier";
import { signInRefused } from "./errors";
import { takeLoginNonce } from "./repository";
import type { WalletProof } from "./schemas";

/** Takes a statement out for its one answer, right or wrong; null when there is none or it is too old. */
const takeStatement = defineCommand({
  verb: "identity.take-statement",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({ nonce: z.string() }),
  run: async (ctx, input) => {
    const row = await takeLoginNonce(ctx.tx, input.nonce);
    if (!row || row.expiresAt <= ctx.now) return null;
    return { address: row.address, accountPrefix: row.accountPrefix, message: row.message };
  },
});

const verifySignature = defineEffect<{ readonly walletVerifier: WalletVerifier }>()({
  verb: "identity.verify-signature",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: z.strictObject({
    address: z.string(),
    accountPrefix: z.string(),
    message: z.string(),
    pubkeyBase64: z.string(),
    signatureBase64: z.string(),
  }),
  run: (ctx, input) => ctx.ports.walletVerifier.refuse(input),
});

type RefusalReason = "nonce_unknown" | "address_differs" | WalletProofRefusal;

/**
 * The canonical address that the proof proves. The statement is gone afterwards, whether the proof was good or not; why a proof was refused
 * goes to the log alone.
 * @throws unauthenticated auth.sign_in_refused
 */
export async function proveWallet(
  ctx: ServiceCtx<{ readonly walletVerifier: WalletVerifier }>,
  proof: z.output<typeof WalletProof>,
): Promise<{ address: string; pubkeyBase64: string; isTest: boolean }> {
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
  const refusal = await verifySignature(ctx, {
    ...statement,
    pubkeyBase64: proof.pubkey,
    signatureBase64: proof.signature,
  });
  if (refusal !== null) return refuse(refusal);
  return { address: statement.address, pubkeyBase64: proof.pubkey, isTest: proof.isTestWallet };
}
