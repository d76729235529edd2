import type { WalletNetwork } from "./wallet-signer";

/** A network as the portal lists it, in as much as wallets need. */
type ListedNetwork = Omit<WalletNetwork, "rpcUrl" | "restUrl"> & {
  readonly rpcUrls: readonly string[];
  readonly restUrls: readonly string[];
};

/**
 * One network for each kind of wallet that a person may sign in with: networks whose addresses and paths are alike share their accounts, so that
 * any of them will do, the first before the others.
 */
export function distinctForWallets<Network extends Pick<WalletNetwork, "bech32" | "coinType" | "kind">>(
  networks: readonly Network[],
): readonly Network[] {
  const kindOf = ({ bech32, coinType, kind }: Network) => `${bech32.account}/${coinType}/${kind === "localnet"}`;
  return networks.filter((network, at) => networks.findIndex((one) => kindOf(one) === kindOf(network)) === at);
}

/** The first endpoint of each kind goes to the wallet, which keeps one of each. */
export function toWalletNetwork(network: ListedNetwork): WalletNetwork {
  const { rpcUrls, restUrls, ...rest } = network;
  return { ...rest, rpcUrl: rpcUrls[0] ?? "", restUrl: restUrls[0] ?? "" };
}
