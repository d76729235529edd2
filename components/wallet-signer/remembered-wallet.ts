import { WALLET_KINDS, type WalletKind } from "./wallet-signer";

const KEY = "omniphi.wallet";

/** Which wallet this browser signed in with, so that signing asks the same one. */
export function rememberedWallet(): WalletKind | null {
  try {
    const kept = window.localStorage.getItem(KEY);
    return WALLET_KINDS.find((kind) => kind === kept) ?? null;
  } catch {
    // Storage may be switched off; the person then chooses again.
    return null;
  }
}

export function rememberWallet(kind: WalletKind): void {
  try {
    window.localStorage.setItem(KEY, kind);
  } catch {
    // As above: nothing depends on it.
  }
}
