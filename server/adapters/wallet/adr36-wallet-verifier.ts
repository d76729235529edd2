import { refuseAdr36 } from "@/lib/chain/adr36";
import type { WalletVerifier } from "@/server/ports/wallet-verifier";

/** Verifies sign-in proofs as Cosmos wallets make them with `signArbitrary` (Cosmos SDK ADR-036, secp256k1, amino JSON). */
export function createAdr36WalletVerifier(): WalletVerifier {
  return { refuse: async (proof) => refuseAdr36(proof) };
}
