import { isBech32Address } from "@/lib/chain/bech32-address";
import { getChainStatus, networkOf } from "@/server/domains/chain";
import { listWallets } from "@/server/domains/identity";
import type { ServiceCtx } from "@/server/kernel/context";
import { isAppError } from "@/server/kernel/errors";
import { defineFlow } from "@/server/kernel/verbs";
import type { ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { proposalNotFound } from "../errors";
import { orNone } from "../plan/plan";
import { messageRows } from "./message-rows";
import { Proposal, ProposalRef } from "./schemas";
import { toProposalRow } from "./to-proposal";
import { toRiskGuard } from "./to-risk-guard";

/** What each of the caller's own wallets voted; an API token's are its maker's, and a job has none. */
async function ownVotes(
  ctx: ServiceCtx,
  { chain, proposalId, prefix }: { readonly chain: ChainNode; readonly proposalId: bigint; readonly prefix: string },
) {
  if (ctx.actor.kind !== "user") return [];
  const { items } = await listWallets(ctx, {});
  const own = items.filter(({ address }) => isBech32Address(address, prefix));
  const votes = await Promise.all(
    own.map(async ({ address }) => {
      const vote = await chain.vote(proposalId, address);
      return vote === null ? [] : [{ address, options: vote.options.map((one) => ({ ...one })) }];
    }),
  );
  return votes.flat();
}

/** The guard's words, or why it gave none: a proposal is shown all the same. */
async function readGuard(
  chain: ChainNode,
  proposalId: bigint,
): Promise<Pick<Proposal, "guard" | "guardUnknownBecause">> {
  try {
    return { guard: toRiskGuard(await chain.riskGuard(proposalId)), guardUnknownBecause: null };
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.kind === "internal") throw thrown;
    return { guard: null, guardUnknownBecause: thrown.message };
  }
}

/** One proposal with its count so far and what the caller voted. @throws not_found staking.proposal_not_found */
export const getProposal = defineFlow<Ports>()({
  verb: "staking.get-proposal",
  scope: "staking:read",
  tenancy: "organization",
  input: ProposalRef,
  output: Proposal,
  run: async (ctx, input): Promise<Proposal> => {
    const { network } = await networkOf(ctx, input.networkId);
    const { networkId } = network;
    const chain = ctx.ports.chains.forNetwork(network);
    const proposalId = BigInt(input.proposalId);
    const proposal = await orNone(chain.proposal(proposalId));
    if (proposal === null) throw proposalNotFound(input.proposalId);
    const [tally, params, bondedBaseUnits, votes, guard] = await Promise.all([
      chain.tally(proposalId),
      chain.govParams(),
      chain.bondedBaseUnits(),
      ownVotes(ctx, { chain, proposalId, prefix: network.bech32.account }),
      readGuard(chain, proposalId),
    ]);
    // Only an execution that waits is counted down, and its page is read every few seconds.
    const tip = guard.guard?.queued ? await getChainStatus(ctx, { networkId }) : null;
    const minDeposit = params.minDeposit.find(({ denom }) => denom === network.baseDenom);
    return {
      ...toProposalRow(proposal, network.baseDenom),
      networkId,
      readAt: ctx.now().toISOString(),
      summary: proposal.summary,
      proposerAddress: proposal.proposerAddress,
      messages: proposal.messagesJson.map((json, index) => ({
        typeUrl: proposal.messageTypeUrls[index] ?? "",
        fields: messageRows(json).map((row) => ({ ...row })),
      })),
      tally: {
        yes: tally.yes.toString(),
        abstain: tally.abstain.toString(),
        no: tally.no.toString(),
        noWithVeto: tally.noWithVeto.toString(),
      },
      bondedBaseUnits: bondedBaseUnits.toString(),
      quorum: params.quorum,
      threshold: params.threshold,
      vetoThreshold: params.vetoThreshold,
      minDepositBaseUnits: (minDeposit?.amountBaseUnits ?? 0n).toString(),
      votes,
      ...guard,
      tipHeightBlocks: tip?.tipHeightBlocks ?? null,
      averageBlockMs: tip?.averageBlockMs ?? null,
    };
  },
});
