import { depositMessage } from "@/lib/chain/messages/deposit";
import { voteMessage } from "@/lib/chain/messages/vote";
import { isAppError } from "@/server/kernel/errors";
import { VOTE_WORDS } from "../constants";
import { depositClosed, noGovernance, proposalNotFound, votingClosed } from "../errors";
import type { ActRequest } from "../schemas";
import { FRESH, orNone, type Plan, type Planner } from "./plan";
import { assertSpendable } from "./plan-stake";

type Asked<Kind extends ActRequest["kind"]> = Extract<ActRequest, { kind: Kind }>;

const PERIOD_WORDS = {
  deposit_period: "its deposit period",
  voting_period: "its voting period",
  passed: "the passed state",
  rejected: "the rejected state",
  failed: "the failed state",
} as const;

/** @throws not_found staking.proposal_not_found, conflict staking.no_governance */
async function requireProposal({ chain }: Planner, id: bigint) {
  try {
    const found = await orNone(chain.proposal(id, FRESH));
    if (found === null) throw proposalNotFound(id.toString());
    return found;
  } catch (thrown) {
    if (isAppError(thrown) && thrown.code === "chain.query_unsupported") throw noGovernance();
    throw thrown;
  }
}

/** Votes; a later vote of the same wallet replaces it until voting ends. */
export async function planVote(planner: Planner, asked: Asked<"vote">): Promise<Plan> {
  const proposalId = BigInt(asked.proposalId);
  const [proposal, vote] = await Promise.all([
    requireProposal(planner, proposalId),
    planner.chain.vote(proposalId, planner.signerAddress, FRESH),
  ]);
  if (proposal.status !== "voting_period") throw votingClosed(PERIOD_WORDS[proposal.status]);
  const before = vote?.options.map(({ option }) => VOTE_WORDS[option]).join(", ") ?? "none";
  return {
    messages: [voteMessage({ voterAddress: planner.signerAddress, proposalId, option: asked.option })],
    spendsBaseUnits: 0n,
    changes: [{ label: `Vote on ${proposal.title}`, unit: "text", before, after: VOTE_WORDS[asked.option] }],
    operatorAddress: null,
    proposalId,
    amountBaseUnits: null,
  };
}

/** Adds to a proposal's deposit. */
export async function planDeposit(planner: Planner, asked: Asked<"deposit">): Promise<Plan> {
  const { network, signerAddress } = planner;
  const proposalId = BigInt(asked.proposalId);
  const amountBaseUnits = BigInt(asked.amountBaseUnits);
  const [proposal] = await Promise.all([
    requireProposal(planner, proposalId),
    assertSpendable(planner, amountBaseUnits),
  ]);
  if (proposal.status !== "deposit_period" && proposal.status !== "voting_period") {
    throw depositClosed(PERIOD_WORDS[proposal.status]);
  }
  const before = proposal.totalDeposit.find(({ denom }) => denom === network.baseDenom)?.amountBaseUnits ?? 0n;
  return {
    messages: [
      depositMessage({
        depositorAddress: signerAddress,
        proposalId,
        amount: { denom: network.baseDenom, amountBaseUnits },
      }),
    ],
    spendsBaseUnits: amountBaseUnits,
    changes: [
      {
        label: `Deposit of ${proposal.title}`,
        unit: "base_units",
        before: before.toString(),
        after: (before + amountBaseUnits).toString(),
      },
    ],
    operatorAddress: null,
    proposalId,
    amountBaseUnits,
  };
}
