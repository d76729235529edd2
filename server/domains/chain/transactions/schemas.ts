import { z } from "zod";
import { patternText } from "@/server/kernel/text";

/** What a transaction is for, e.g. a setup request; its own domain knows the kind. */
export const TransactionSubject = z.strictObject({ kind: z.string().min(1).max(40), id: z.string().min(1).max(100) });
export type TransactionSubject = z.infer<typeof TransactionSubject>;

/** How a wallet signs; a Ledger signs amino only. */
export const SignMode = z.enum(["direct", "amino"]);
export type SignMode = z.infer<typeof SignMode>;

/** How the wallet will sign a document that is to be prepared. */
export const signerInput = {
  signMode: SignMode.default("direct"),
  /** Compressed secp256k1 key of the wallet in base64. */
  pubkey: patternText(/^[A-Za-z0-9+/]{44}$/, "33 bytes in base64", 44),
};

/** The signed TxRaw in base64. */
export const SignedTxBytes = patternText(
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/,
  "base64",
  100_000,
);

/** A document that a wallet may sign, with what it costs. */
export const PreparedTransaction = z
  .object({
    transactionId: z.string(),
    chainId: z.string(),
    accountNumber: z.string(),
    sequence: z.string(),
    bodyBytes: z.string(),
    authInfoBytes: z.string(),
    /** The bytes that the fingerprint is of. */
    signBytes: z.string(),
    /** The document that a Ledger shows; null for direct signing. */
    aminoSignDoc: z.unknown().nullable(),
    signMode: SignMode,
    fingerprint: z.string(),
    gasLimit: z.string(),
    feeBaseUnits: z.string(),
    denom: z.string(),
    balanceBeforeBaseUnits: z.string(),
    balanceAfterBaseUnits: z.string(),
    stakeBeforeBaseUnits: z.string(),
    stakeAfterBaseUnits: z.string(),
    /** What the signer should know that the transaction itself does not tell; empty when there is nothing. */
    warnings: z.array(z.string()).optional(),
    /** Height of the state that the simulation ran on. */
    simulatedAtHeightBlocks: z.string(),
  })
  .meta({ id: "PreparedTransaction" });
export type PreparedTransaction = z.infer<typeof PreparedTransaction>;
