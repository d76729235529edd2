import { signerOf } from "@/components/wallet-signer/offered-signers";
import { rememberedWallet } from "@/components/wallet-signer/remembered-wallet";
import type { WalletNetwork } from "@/components/wallet-signer/wallet-signer";

/** Has the wallet that owns the validator sign the pairing's statement. @throws WalletError */
export async function signPairing(
  network: WalletNetwork,
  walletAddress: string,
  messageToSign: string,
): Promise<{ pubkey: string; signature: string }> {
  const signer = signerOf(rememberedWallet() ?? (network.kind === "localnet" ? "test" : "keplr"));
  await signer.connect(network);
  const signed = await signer.signText(network, walletAddress, messageToSign);
  return { pubkey: signed.pubkeyBase64, signature: signed.signatureBase64 };
}
