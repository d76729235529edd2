import type { ChainProposal } from "@/server/ports/chain-node";

/** A proposal of nothing, as the chain tells it. */
export const aProposal = (change: Partial<ChainProposal> = {}): ChainProposal => ({
  proposalId: 7n,
  title: "One",
  summary: "",
  status: "voting_period",
  messageTypeUrls: [],
  messagesJson: [],
  submittedAt: null,
  depositEndsAt: null,
  votingStartsAt: null,
  votingEndsAt: null,
  totalDeposit: [],
  proposerAddress: "",
  isExpedited: false,
  ...change,
});
