import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { stakingPlace } from "@/app/staking-place";
import { chosenWallet } from "@/components/staking/chosen-wallet";
import { StakingPage } from "@/components/staking/staking-page";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Stake and rewards" };

export default async function StakePage({ searchParams }: { searchParams: PageSearch }) {
  const [place, search] = await Promise.all([stakingPlace(), toSearchParams(searchParams)]);
  const { network, address } = chosenWallet(place, search);
  if (network === undefined || address === undefined) return <StakingPage {...place} first={undefined} />;
  const chosen = { networkId: network.id, address };
  const position = await firstRead((await api()).staking.getPosition(chosen));
  return <StakingPage {...place} first={position && { ...chosen, position }} />;
}
