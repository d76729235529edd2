import type { Metadata } from "next";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { stakingPlace } from "@/app/staking-place";
import { ProposalList } from "@/components/staking/proposal-list";
import { proposalInput } from "@/components/staking/proposal-search";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Governance" };

export default async function GovernancePage({ searchParams }: { searchParams: PageSearch }) {
  const [{ networks }, search] = await Promise.all([stakingPlace(), toSearchParams(searchParams)]);
  const network = networks.find(({ chainId }) => chainId === search.get("network")) ?? networks[0];
  const initial = network
    ? await firstRead((await api()).staking.listProposals(proposalInput(search, network.id)))
    : undefined;
  return <ProposalList initial={initial} networks={networks} />;
}
