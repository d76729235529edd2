import type { Metadata } from "next";
import { firstRead } from "@/app/first-read";
import { WalletList } from "@/components/account/wallet-list";
import { distinctForWallets, toWalletNetwork } from "@/components/wallet-signer/wallet-network";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Wallets" };

export default async function WalletsPage() {
  const caller = await api();
  const [me, initial, networks] = await Promise.all([
    caller.identity.me(),
    firstRead(caller.identity.listWallets({})),
    firstRead(caller.chain.listNetworks({ status: "active" })),
  ]);
  return (
    <WalletList
      initial={initial}
      currentAddress={me?.walletAddress ?? null}
      networks={distinctForWallets(networks ?? []).map(toWalletNetwork)}
    />
  );
}
