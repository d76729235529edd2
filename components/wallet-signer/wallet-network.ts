import type { WalletNetwork } from "./wallet-signer";

/** A network as the portal lists it, in as much as wallets need. */
type ListedNetwork = Omit<WalletNetwork, "rpcUrl" | "restUrl"> & {
  readonly rpcUrls: readonly string[];
  readonly restUrls: readonly string[];
};

/** The first endpoint of each kind goes to the wallet, which keeps one of each. */
export function toWalletNetwork(network: ListedNetwork): WalletNetwork {
  const { rpcUrls, restUrls, ...rest } = network;
  return { ...rest, rpcUrl: rpcUrls[0] ?? "", restUrl: restUrls[0] ?? "" };
}
