import { defineQuery } from "@/server/kernel/verbs";
import { averageBlockTime, findState } from "../blocks/repository";
import { BLOCK_TIME_SAMPLE_BLOCKS } from "../constants";
import { requireNetwork } from "../networks/require-network";
import { GetNetworkInput } from "../networks/schemas";
import { countBonded } from "./repository";
import { NetworkParams } from "./schemas";

/** What the chain demands of its validators, as the watcher last read it; anybody may look. @throws not_found chain.network_not_found */
export const getNetworkParams = defineQuery({
  verb: "chain.get-network-params",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: GetNetworkInput,
  output: NetworkParams,
  run: async (ctx, input): Promise<NetworkParams> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const state = await findState(ctx.db, network.id);
    const { averageBlockMs } = await averageBlockTime(ctx.db, network.id, BLOCK_TIME_SAMPLE_BLOCKS);
    const isRead = state?.syncedAt != null;
    return {
      networkId: network.id,
      tipHeightBlocks: state?.tipHeightBlocks?.toString() ?? null,
      tipAt: state?.tipAt?.toISOString() ?? null,
      averageBlockMs,
      bondedValidators: isRead ? await countBonded(ctx.db, network.id) : null,
      staking: state?.stakingParams ? { ...state.stakingParams } : null,
      slashing: state?.slashingParams ? { ...state.slashingParams } : null,
      readAt: state?.syncedAt?.toISOString() ?? null,
      readHeightBlocks: state?.syncedHeightBlocks?.toString() ?? null,
    };
  },
});
