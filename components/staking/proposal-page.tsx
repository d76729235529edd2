"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { AddressText } from "@/components/figures/address-text";
import { AgeText } from "@/components/figures/age-text";
import { AmountText } from "@/components/figures/amount-text";
import { FactList } from "@/components/figures/fact-list";
import { useNow } from "@/components/figures/use-now";
import { useOrganizationHref } from "@/components/layout/console-place";
import { DetailColumns, DetailPage } from "@/components/layout/detail-page";
import { DetailRead } from "@/components/layout/detail-read";
import { Panel } from "@/components/ui/panel";
import { isBech32Address } from "@/lib/chain/bech32-address";
import type { ExecutionGate } from "@/lib/chain/risk-guard";
import { formatDuration } from "@/lib/format/format-duration";
import type { Proposal } from "@/server/domains/staking/governance/schemas";
import { PROPOSAL_JUDGEMENT, shortType } from "./proposal-words";
import { RiskGuardPanel } from "./risk-guard-panel";
import { denomOf, type StakingNetwork } from "./staking-network";
import { TallyBars } from "./tally-bars";
import { VotePanel } from "./vote-panel";

const REFETCH_MS = 8_000;

type ProposalPageProps = {
  proposalId: string;
  initial: Proposal | undefined;
  network: StakingNetwork;
  wallets: readonly string[];
  canAct: boolean;
};

/** One proposal: how it stands, its count live, what it would execute, and the reader's vote. */
export function ProposalPage({ proposalId, initial, network, wallets, canAct }: ProposalPageProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const nowMs = useNow();
  const read = useQuery(
    trpc.staking.getProposal.queryOptions(
      { networkId: network.id, proposalId },
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
  );
  const trail = [{ href: hrefOf("/governance"), label: "Governance" }];
  const own = wallets.filter((address) => isBech32Address(address, network.bech32.account));
  const denom = denomOf(network);
  return (
    <DetailRead kind="Proposal" id={proposalId} trail={trail} subject={network.displayName} read={read}>
      {(proposal, stale) => {
        const judged = PROPOSAL_JUDGEMENT[proposal.status];
        const isOpen = proposal.status === "voting_period" || proposal.status === "deposit_period";
        return (
          <DetailPage
            title={`${proposal.proposalId}. ${proposal.title}`}
            trail={trail}
            facts={<span>{network.displayName}</span>}
            sentence={{ ...judged, children: sentenceOf(proposal, nowMs) }}
            stale={stale}
          >
            <DetailColumns
              side={
                <>
                  {isOpen && canAct ? <VotePanel proposal={proposal} network={network} wallets={own} /> : null}
                  <Panel title="Facts" flush>
                    <FactList
                      facts={[
                        {
                          label: "Deposit",
                          value: (
                            <>
                              <AmountText amountBaseUnits={proposal.depositBaseUnits} denom={denom} /> of{" "}
                              <AmountText amountBaseUnits={proposal.minDepositBaseUnits} denom={denom} />
                            </>
                          ),
                        },
                        ...instant("Submitted", proposal.submittedAt),
                        // A deposit that is complete has no end to wait for.
                        ...(proposal.status === "deposit_period"
                          ? instant("Deposit ends", proposal.depositEndsAt)
                          : []),
                        ...instant("Voting began", proposal.votingStartsAt),
                        ...instant(isOpen ? "Voting ends" : "Voting ended", proposal.votingEndsAt),
                        ...(proposal.proposerAddress
                          ? [
                              {
                                label: "Proposer",
                                value: <AddressText value={proposal.proposerAddress} kind="proposer" />,
                              },
                            ]
                          : []),
                        { label: "Expedited", value: proposal.isExpedited ? "yes" : "no" },
                      ]}
                    />
                  </Panel>
                  <RiskGuardPanel proposal={proposal} />
                </>
              }
            >
              <Panel title="Summary">
                <p className="text-sm whitespace-pre-wrap break-words">
                  {proposal.summary || "Its proposer wrote no summary."}
                </p>
              </Panel>
              <Panel title={isOpen ? "Count so far" : "Count"}>
                <TallyBars {...proposal} denom={denom} />
              </Panel>
              <Panel title="Would execute" flush>
                {proposal.messages.length === 0 ? (
                  <p className="p-4 text-sm text-ink-muted">Nothing: it is a text alone.</p>
                ) : (
                  <ol className="divide-y">
                    {proposal.messages.map((message, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: two messages of one proposal may be equal; their place tells them apart
                      <li key={index}>
                        <h3 className="px-4 pt-3 text-sm font-medium">
                          {index + 1}. {shortType(message.typeUrl)}
                          <span className="ml-2 font-mono text-xs font-normal break-all text-ink-muted">
                            {message.typeUrl}
                          </span>
                        </h3>
                        <FactList
                          layout="page"
                          facts={message.fields.map(({ path, value }) => ({ label: path, value }))}
                        />
                      </li>
                    ))}
                  </ol>
                )}
              </Panel>
            </DetailColumns>
          </DetailPage>
        );
      }}
    </DetailRead>
  );
}

const instant = (label: string, at: string | null) => (at === null ? [] : [{ label, value: <AgeText at={at} /> }]);

const isUncounted = (tally: Proposal["tally"]): boolean => Object.values(tally).every((votes) => votes === "0");

function sentenceOf(
  {
    status,
    depositEndsAt,
    votingEndsAt,
    guard,
    tally,
  }: Pick<Proposal, "status" | "depositEndsAt" | "votingEndsAt" | "guard" | "tally">,
  nowMs: number,
) {
  const left = (at: string) => formatDuration(Math.ceil((Date.parse(at) - nowMs) / 1_000) * 1_000);
  switch (status) {
    case "deposit_period":
      return `It is voted on once its deposit is complete.${depositEndsAt === null ? "" : ` It has ${left(depositEndsAt)} left for that.`}`;
    case "voting_period":
      return votingEndsAt === null ? "Votes are taken now." : `Votes are taken for ${left(votingEndsAt)} more.`;
    case "passed":
      return passedSentence(guard?.queued?.gate ?? null);
    case "rejected":
      return isUncounted(tally) ? "Nobody voted." : "Its count says why: the marks are what it needed.";
    case "failed":
      return "It passed, and executing it failed.";
  }
}

/** Without a guard the chain executes what passes at once. */
function passedSentence(gate: ExecutionGate | null): string {
  if (gate === "aborted") return "It passed, and the chain's risk guard gave its execution up.";
  return gate === null || gate === "executed"
    ? "It passed, and what it asks for was executed."
    : "It passed, and the chain's risk guard holds its execution back for now.";
}
