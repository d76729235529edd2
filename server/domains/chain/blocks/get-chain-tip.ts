import { defineQuery } from "@/server/kernel/verbs";
import { listEndpointRows } from "../networks/repository";
import { requireNetwork } from "../networks/require-network";
import { GetNetworkInput } from "../networks/schemas";
import { findState } from "./repository";
import { ChainTip } from "./schemas";

/** What every page shows of a network while it is open. Nothing in it changes but by a block or a failure: it is sent with each of them. */
export const getChainTip = defineQuery({
  verb: "chain.get-chain-tip",
  scope: "chain:read",
  because: "what it shows is the public chain's",
  tenancy: "platform",
  input: GetNetworkInput,
  output: ChainTip,
  run: async (ctx, { networkId }): Promise<ChainTip> => {
    const network = await requireNetwork(ctx.db, networkId);
    const state = await findState(ctx.db, network.id);
    const endpoints = await listEndpointRows(ctx.db, [network.id]);
    return {
      networkId: network.id,
      tipHeightBlocks: state?.tipHeightBlocks?.toString() ?? null,
      tipAt: state?.tipAt?.toISOString() ?? null,
      isReachable: endpoints.some(({ kind, state: standing }) => kind === "rpc" && standing === "healthy"),
    };
  },
});
