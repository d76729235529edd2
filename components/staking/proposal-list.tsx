"use client";

import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { AgeText } from "@/components/figures/age-text";
import { useOrganizationHref } from "@/components/layout/console-place";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { StateBadge } from "@/components/state/state-badge";
import type { ProposalList as Proposals } from "@/server/domains/staking/governance/schemas";
import { proposalInput } from "./proposal-search";
import { useProposalTierColumn } from "./proposal-tier-column";
import { PROPOSAL_JUDGEMENT, shortType } from "./proposal-words";
import type { StakingNetwork } from "./staking-network";

const REFETCH_MS = 15_000;
type Row = Proposals["items"][number];

/** What the next date of a proposal is; null once there is none. */
const nextDate = ({ status, depositEndsAt, votingEndsAt }: Row): string | null =>
  status === "deposit_period" ? depositEndsAt : votingEndsAt;

const COLUMNS: readonly DataColumn<Row>[] = [
  {
    id: "title",
    header: "Proposal",
    isName: true,
    cell: ({ proposalId, title }) => `${proposalId}. ${title}`,
    text: ({ proposalId, title }) => `${proposalId}. ${title}`,
  },
  {
    id: "status",
    header: "State",
    width: "w-48",
    cell: ({ status }) => <StateBadge {...PROPOSAL_JUDGEMENT[status]} />,
    text: ({ status }) => PROPOSAL_JUDGEMENT[status].word,
  },
  {
    id: "messages",
    header: "Would execute",
    cell: ({ messageTypeUrls }) => messageTypeUrls.map(shortType).join(", ") || "nothing",
    text: ({ messageTypeUrls }) => messageTypeUrls.join(", "),
  },
  {
    id: "ends",
    header: "Ends",
    width: "w-32",
    cell: (row) => {
      const at = nextDate(row);
      return at === null ? <span className="text-ink-muted">not begun</span> : <AgeText at={at} />;
    },
    text: (row) => nextDate(row) ?? "",
  },
];

const filtersOf = (networks: readonly StakingNetwork[]): readonly DataFilter[] => [
  {
    kind: "choice",
    name: "status",
    label: "State",
    options: Object.entries(PROPOSAL_JUDGEMENT).map(([value, { word }]) => ({ value, label: word })),
  },
  ...(networks.length > 1
    ? [
        {
          kind: "choice" as const,
          name: "network",
          label: "Network",
          options: networks.map(({ chainId, displayName }) => ({ value: chainId, label: displayName })),
        },
      ]
    : []),
];

type ProposalListProps = { initial: Proposals | undefined; networks: readonly StakingNetwork[] };

/** Proposals of a network, newest first. */
export function ProposalList({ initial, networks }: ProposalListProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const search = useSearchParams();
  const network = networks.find(({ chainId }) => chainId === search.get("network")) ?? networks[0];
  const read = useQuery(
    trpc.staking.listProposals.queryOptions(proposalInput(new URLSearchParams(search), network?.id), {
      enabled: network !== undefined,
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: initial } : {}),
    }),
  );
  const tierColumn = useProposalTierColumn(network?.id, read.data?.items ?? []);
  const columns = useMemo(() => [...COLUMNS, ...tierColumn], [tierColumn]);
  const inNetwork = network === undefined ? "" : `?network=${network.chainId}`;
  return (
    <ListPage
      id="proposals"
      title="Governance"
      label="Proposals"
      facts={network ? <span>{network.displayName}</span> : undefined}
      subject={network?.displayName ?? "The chain"}
      read={read}
      columns={columns}
      filters={filtersOf(networks)}
      rowId={({ proposalId }) => proposalId}
      rowHref={({ proposalId }) => `${hrefOf(`/governance/${proposalId}`)}${inNetwork}`}
      empty={
        read.data?.isOffered === false ? (
          <EmptyState title="No governance on this chain">
            {network?.displayName} has no governance module, so there is nothing to vote on.
          </EmptyState>
        ) : (
          <EmptyState title="No proposals">
            What is proposed on this network stands here, with its count while it is voted on.
          </EmptyState>
        )
      }
    />
  );
}
