import "server-only";
import { toWalletNetwork } from "@/components/wallet-signer/wallet-network";
import { api } from "@/server/trpc/server";

/** What the pages about stake stand on: networks to act on, the default first, the reader's wallets, and whether their role lets them act. */
export async function stakingPlace() {
  const caller = await api();
  const [me, networks, wallets] = await Promise.all([
    caller.identity.me(),
    caller.chain.listNetworks({}),
    caller.identity.listWallets({}),
  ]);
  return {
    networks: networks
      .filter(({ status }) => status === "active")
      .toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault))
      .map((network) => ({ ...toWalletNetwork(network), id: network.id })),
    wallets: wallets.items.map(({ address }) => address),
    canAct: me?.scopes.includes("staking:write") ?? false,
  };
}
