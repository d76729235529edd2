import type { Denom } from "@/components/figures/amount-text";
import type { WalletNetwork } from "@/components/wallet-signer/wallet-signer";

/** The network as wallets know it, with our id of it. */
export type StakingNetwork = WalletNetwork & { readonly id: string };

/** How its coins are shown. */
export const denomOf = ({ displayDenom, denomExponent }: StakingNetwork): Denom => ({
  symbol: displayDenom,
  exponent: denomExponent,
});
