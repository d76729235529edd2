/** Why a wallet's proof was not accepted; closed, for logs and messages. */
export const WALLET_PROOF_REFUSALS = [
  "pubkey_invalid",
  "pubkey_not_of_address",
  "signature_malformed",
  "signature_high_s",
  "signature_wrong",
] as const;
export type WalletProofRefusal = (typeof WALLET_PROOF_REFUSALS)[number];

/** Says whether the key behind an address signed exactly this text. */
export type WalletVerifier = {
  /** Null when it did. Key and signature are base64, as wallets return them (33 and 64 bytes). */
  refuse(proof: {
    readonly address: string;
    readonly accountPrefix: string;
    readonly message: string;
    readonly pubkeyBase64: string;
    readonly signatureBase64: string;
  }): Promise<WalletProofRefusal | null>;
};
