import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { stakingPlace } from "@/app/staking-place";
import { ActList } from "@/components/staking/act-list";
import { actInput } from "@/components/staking/act-search";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Transactions" };

export default async function TransactionsPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await toSearchParams(searchParams);
  const [{ networks, wallets }, initial] = await Promise.all([
    stakingPlace(),
    firstRead((await api()).staking.listActs(actInput(search, Date.now()))),
  ]);
  return <ActList initial={initial} networks={networks} wallets={wallets} />;
}
