import { networkOf } from "@/server/domains/chain";
import { isAppError } from "@/server/kernel/errors";
import { defineFlow } from "@/server/kernel/verbs";
import type { ChainNode } from "@/server/ports/chain-node";
import type { Ports } from "@/server/ports/ports";
import { ListProposalsInput, ProposalList } from "./schemas";
import { toProposalRow } from "./to-proposal";

/** Null is the chain's own answer that it has no governance module. */
async function readProposals(chain: ChainNode) {
  try {
    return await chain.proposals();
  } catch (thrown) {
    if (isAppError(thrown) && thrown.code === "chain.query_unsupported") return null;
    throw thrown;
  }
}

/** Proposals of the network, newest first, as the chain tells them now. */
export const listProposals = defineFlow<Ports>()({
  verb: "staking.list-proposals",
  scope: "staking:read",
  tenancy: "organization",
  input: ListProposalsInput,
  output: ProposalList,
  run: async (ctx, { networkId, status }): Promise<ProposalList> => {
    const { network } = await networkOf(ctx, networkId);
    const all = await readProposals(ctx.ports.chains.forNetwork(network));
    const items = (all ?? []).filter((one) => status === undefined || one.status === status);
    return {
      isOffered: all !== null,
      items: items.map((one) => toProposalRow(one, network.baseDenom)),
      readAt: ctx.now().toISOString(),
    };
  },
});
