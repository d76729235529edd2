import type { State } from "@/components/state/state";
import type { ProposalList } from "@/server/domains/staking/governance/schemas";

type ProposalStatus = ProposalList["items"][number]["status"];

/** How each state of a proposal is judged and called. */
export const PROPOSAL_JUDGEMENT = {
  deposit_period: { state: "attention", word: "Collecting deposit" },
  voting_period: { state: "moving", word: "Voting" },
  passed: { state: "ok", word: "Passed" },
  rejected: { state: "off", word: "Rejected" },
  failed: { state: "danger", word: "Failed" },
} as const satisfies Record<ProposalStatus, { state: State; word: string }>;

/** A message's type as people read it: "MsgSoftwareUpgrade" of its whole name. */
export const shortType = (typeUrl: string): string => typeUrl.split(".").at(-1) ?? typeUrl;
