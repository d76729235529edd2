"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { shownError, useTRPC } from "@/components/data/trpc-client";
import type { DataColumn } from "@/components/data-table/data-column";
import { UnknownText } from "@/components/figures/unknown-text";
import { StateBadge } from "@/components/state/state-badge";
import { MAX_TIERS } from "@/server/domains/staking/constants";
import type { ProposalList, ProposalTier } from "@/server/domains/staking/governance/schemas";
import { TIER_JUDGEMENT } from "./risk-guard-words";

/** The guard judges once voting has ended, so that a tier comes seldom. */
const REFETCH_MS = 60_000;

type Row = ProposalList["items"][number];

const hasEnded = ({ status }: Row): boolean => status !== "deposit_period" && status !== "voting_period";

/** What a cell says without a tier; null where there is one. */
export function tierWord(row: Row, tier: ProposalTier | undefined): string | null {
  if (!hasEnded(row) || tier?.isJudged === false) return "not judged yet";
  if (tier === undefined) return "on its page";
  if (tier.isJudged === null) return "unknown";
  return tier.tier === null ? "unspecified" : null;
}

function TierCell({ row, tier }: { row: Row; tier: ProposalTier | undefined }) {
  if (tier?.unknownBecause) return <UnknownText reason={tier.unknownBecause} />;
  if (tier?.tier) return <StateBadge {...TIER_JUDGEMENT[tier.tier]} />;
  return <span className="text-ink-muted">{tierWord(row, tier)}</span>;
}

/** The column of risk tiers, of whatever is known of them. */
const columnOf = (tiers: ReadonlyMap<string, ProposalTier>): DataColumn<Row> => ({
  id: "risk",
  header: "Risk",
  width: "w-36",
  cell: (row) => <TierCell row={row} tier={tiers.get(row.proposalId)} />,
  text: (row) => {
    const tier = tiers.get(row.proposalId);
    return tier?.tier ? TIER_JUDGEMENT[tier.tier].word : (tierWord(row, tier) ?? "");
  },
});

/**
 * How risky the chain's guard holds each proposal whose voting has ended, newest first: asked for once the list is there, since each is a question
 * to the chain. No column where the chain has no guard, nor before that is known.
 */
export function useProposalTierColumn(networkId: string | undefined, rows: readonly Row[]): readonly DataColumn<Row>[] {
  const trpc = useTRPC();
  const proposalIds = rows
    .filter(hasEnded)
    .slice(0, MAX_TIERS)
    .map(({ proposalId }) => proposalId);
  const isAsked = networkId !== undefined && proposalIds.length > 0;
  const read = useQuery(
    trpc.staking.listProposalTiers.queryOptions(
      { ...(networkId === undefined ? {} : { networkId }), proposalIds },
      { enabled: isAsked, staleTime: REFETCH_MS, refetchInterval: REFETCH_MS },
    ),
  );
  const failure = read.error === null ? null : shownError(read.error).message;
  const { isOffered, tiers } = read.data ?? {};
  const asked = proposalIds.join();
  // The same column while the same is known, so that the table draws nothing anew.
  return useMemo(() => {
    if (tiers === undefined) return failure === null ? [] : [columnOf(allUnknown(asked.split(","), failure))];
    return isOffered ? [columnOf(byProposal(tiers))] : [];
  }, [tiers, isOffered, failure, asked]);
}

const byProposal = (tiers: readonly ProposalTier[]): ReadonlyMap<string, ProposalTier> =>
  new Map(tiers.map((tier) => [tier.proposalId, tier]));

const allUnknown = (proposalIds: readonly string[], reason: string): ReadonlyMap<string, ProposalTier> =>
  byProposal(proposalIds.map((proposalId) => ({ proposalId, isJudged: null, tier: null, unknownBecause: reason })));
