import { createInjectedSigner, isInstalled } from "./injected-signer";
import { createTestSigner } from "./test-signer";
import type { WalletKind, WalletNetwork, WalletSigner } from "./wallet-signer";

export type OfferedSigner = { readonly signer: WalletSigner; readonly isInstalled: boolean };

/** Wallets that can be offered for a network, installed ones first; the test wallet on localnets alone. */
export function offeredSigners(network: Pick<WalletNetwork, "kind">): readonly OfferedSigner[] {
  const injected = (["keplr", "leap", "cosmostation"] as const)
    .map((kind) => ({ signer: createInjectedSigner(kind), isInstalled: isInstalled(kind) }))
    .sort((a, b) => Number(b.isInstalled) - Number(a.isInstalled));
  return network.kind === "localnet" ? [...injected, { signer: createTestSigner(), isInstalled: true }] : injected;
}

/** The signer of a kind. */
export const signerOf = (kind: WalletKind): WalletSigner =>
  kind === "test" ? createTestSigner() : createInjectedSigner(kind);
