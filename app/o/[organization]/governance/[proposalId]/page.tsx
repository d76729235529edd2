import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { firstRead, type PageSearch, toSearchParams } from "@/app/first-read";
import { stakingPlace } from "@/app/staking-place";
import { ProposalPage } from "@/components/staking/proposal-page";
import { api } from "@/server/trpc/server";

export const metadata: Metadata = { title: "Proposal" };

type Props = { params: Promise<{ proposalId: string }>; searchParams: PageSearch };

export default async function OneProposalPage({ params, searchParams }: Props) {
  const [{ proposalId }, { networks, wallets, canAct }, search] = await Promise.all([
    params,
    stakingPlace(),
    toSearchParams(searchParams),
  ]);
  const asked = search.get("network");
  // Proposals are numbered anew on every chain: another network's of this number is another proposal.
  const network = asked === null ? networks[0] : networks.find(({ chainId }) => chainId === asked);
  if (!network) notFound();
  const initial = await firstRead((await api()).staking.getProposal({ networkId: network.id, proposalId }));
  return <ProposalPage proposalId={proposalId} initial={initial} network={network} wallets={wallets} canAct={canAct} />;
}
