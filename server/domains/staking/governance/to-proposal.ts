import type { ChainProposal } from "@/server/ports/chain-node";

/** What of a proposal a list shows too. */
export const toProposalRow = (proposal: ChainProposal, baseDenom: string) => ({
  proposalId: proposal.proposalId.toString(),
  title: proposal.title,
  status: proposal.status,
  isExpedited: proposal.isExpedited,
  messageTypeUrls: [...proposal.messageTypeUrls],
  submittedAt: proposal.submittedAt,
  depositEndsAt: proposal.depositEndsAt,
  votingStartsAt: proposal.votingStartsAt,
  votingEndsAt: proposal.votingEndsAt,
  depositBaseUnits: (proposal.totalDeposit.find(({ denom }) => denom === baseDenom)?.amountBaseUnits ?? 0n).toString(),
});
