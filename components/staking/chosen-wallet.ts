import { isBech32Address } from "@/lib/chain/bech32-address";
import type { StakingNetwork } from "./staking-network";

/** The wallet and network that the page's address names, or the first ones; with all wallets that the network can have. */
export function chosenWallet(
  { networks, wallets }: { readonly networks: readonly StakingNetwork[]; readonly wallets: readonly string[] },
  search: { readonly get: (name: string) => string | null },
) {
  const network = networks.find(({ chainId }) => chainId === search.get("network")) ?? networks[0];
  const own = network ? wallets.filter((address) => isBech32Address(address, network.bech32.account)) : [];
  const address = own.find((one) => one === search.get("wallet")) ?? own[0];
  return { network, own, address };
}
