import type { Executor } from "@/db/client";
import { defineQuery } from "@/server/kernel/verbs";
import { BLOCK_TIME_SAMPLE_BLOCKS } from "../constants";
import { listEndpointRows } from "../networks/repository";
import { requireNetwork } from "../networks/require-network";
import { GetNetworkInput } from "../networks/schemas";
import { toEndpoint } from "../networks/to-network";
import { averageBlockTime, findState } from "./repository";
import { ChainStatusView } from "./schemas";

/** How far the network is read, for whoever has the right to ask. @throws not_found chain.network_not_found */
export async function chainStatusOf(db: Executor, networkId: string): Promise<ChainStatusView> {
  const network = await requireNetwork(db, networkId);
  const state = await findState(db, network.id);
  const { averageBlockMs, sampleBlocks } = await averageBlockTime(db, network.id, BLOCK_TIME_SAMPLE_BLOCKS);
  const endpoints = await listEndpointRows(db, [network.id]);
  return {
    networkId: network.id,
    chainId: network.chainId,
    tipHeightBlocks: state?.tipHeightBlocks?.toString() ?? null,
    tipAt: state?.tipAt?.toISOString() ?? null,
    contiguousHeightBlocks: state?.contiguousHeightBlocks?.toString() ?? null,
    via: state?.via ?? null,
    averageBlockMs,
    blockTimeSampleBlocks: sampleBlocks,
    upgradePlan: state?.upgradePlan ?? null,
    syncedAt: state?.syncedAt?.toISOString() ?? null,
    updatedAt: state?.updatedAt.toISOString() ?? null,
    endpoints: endpoints.map(toEndpoint),
  };
}

/** How far the network is read, its rolling block time over the last 1,000 blocks, and its endpoints' standing. */
export const getChainStatus = defineQuery({
  verb: "chain.get-chain-status",
  scope: "chain:read",
  because: "what it shows is the public chain's",
  tenancy: "platform",
  input: GetNetworkInput,
  output: ChainStatusView,
  run: (ctx, { networkId }): Promise<ChainStatusView> => chainStatusOf(ctx.db, networkId),
});
