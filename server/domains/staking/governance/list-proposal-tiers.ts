import { RISK_TIERS, type RiskTier } from "@/lib/chain/risk-guard";
import { networkOf } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { inBatches } from "@/server/kernel/in-batches";
import { defineFlow } from "@/server/kernel/verbs";
import type { ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import type { RiskJudgement } from "@/server/ports/risk-guard";
import { ListProposalTiersInput, type ProposalTier, ProposalTiers } from "./schemas";

/** Each is a question of its own to the chain, which has no list of them. */
const ASKED_AT_ONCE = 8;

/** Of what rules and model say the stricter counts, as for the execution itself. */
const stricterTier = (judgements: readonly (RiskJudgement | null)[]): RiskTier | null =>
  [...RISK_TIERS].reverse().find((tier) => judgements.some((one) => one?.tier === tier)) ?? null;

const unknown = (proposalId: string, reason: string): ProposalTier => ({
  proposalId,
  isJudged: null,
  tier: null,
  unknownBecause: reason,
});

/** An id that the chain does not have would be a question that no answer is kept of, as often as somebody likes. */
async function thoseOfTheChain(chain: ChainNode, proposalIds: readonly string[]): Promise<readonly string[]> {
  try {
    const there = new Set((await chain.proposals()).map(({ proposalId }) => String(proposalId)));
    return proposalIds.filter((id) => there.has(id));
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.kind === "internal") throw thrown;
    // The first of them meets the same silence, and no other is asked after it.
    return proposalIds;
  }
}

/** What is known of one; null where the chain has no guard. */
async function readTier(chain: ChainNode, proposalId: string): Promise<ProposalTier | null> {
  try {
    const guard = await chain.riskReport(BigInt(proposalId));
    if (guard === null) return null;
    const { report } = guard;
    const tier = report === null ? null : stricterTier([report.rules, report.model]);
    return { proposalId, isJudged: report !== null, tier, unknownBecause: null };
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.kind === "internal") throw thrown;
    return unknown(proposalId, thrown.message);
  }
}

/**
 * How risky the chain's guard holds each of these proposals, for a list, which asks for them once it is there. Whether there is a guard, and whether
 * it answers, is told by the first of them: a chain without one is asked once, and so is one that is silent.
 */
export const listProposalTiers = defineFlow<Ports>()({
  verb: "staking.list-proposal-tiers",
  scope: "staking:read",
  tenancy: "organization",
  input: ListProposalTiersInput,
  output: ProposalTiers,
  run: async (ctx, { networkId, proposalIds }): Promise<ProposalTiers> => {
    const { network } = await networkOf(ctx, networkId);
    const chain = ctx.ports.chains.forNetwork(network);
    const [firstId, ...otherIds] = await thoseOfTheChain(chain, proposalIds);
    const first = firstId === undefined ? null : await readTier(chain, firstId);
    if (first === null) return { isOffered: false, tiers: [], readAt: ctx.now().toISOString() };
    const tiers = [first];
    for (const batch of inBatches(otherIds, ASKED_AT_ONCE)) {
      // What one of them met they all would, each for as long.
      const reason = tiers.find(({ unknownBecause }) => unknownBecause !== null)?.unknownBecause ?? null;
      const read = reason === null ? await Promise.all(batch.map((id) => readTier(chain, id))) : [];
      tiers.push(...batch.map((id, place) => read[place] ?? unknown(id, reason ?? "The chain has no risk guard now.")));
    }
    return { isOffered: true, tiers, readAt: ctx.now().toISOString() };
  },
});
