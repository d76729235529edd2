import { defineQuery } from "@/server/kernel/verbs";
import { BLOCK_TIME_SAMPLE_BLOCKS, PULSE_BLOCKS } from "../constants";
import { requireNetwork } from "../networks/require-network";
import { GetNetworkInput } from "../networks/schemas";
import { newestHeights } from "./block-range";
import { pulseBlocks } from "./pulse-blocks";
import { averageBlockTime, findState, listAbsences } from "./repository";
import { NetworkPulse } from "./schemas";

/** The newest blocks of a network as its whole set signed them; anybody may look. No blocks before the first has been recorded. */
export const getNetworkPulse = defineQuery({
  verb: "chain.get-network-pulse",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: GetNetworkInput,
  output: NetworkPulse,
  run: async (ctx, input): Promise<NetworkPulse> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const state = await findState(ctx.db, network.id);
    const to = state?.contiguousHeightBlocks ?? null;
    const base = {
      networkId: network.id,
      chainId: network.chainId,
      displayName: network.displayName,
      updatedAt: state?.updatedAt.toISOString() ?? null,
    };
    if (to === null) return { ...base, averageBlockMs: null, blocks: [] };
    const range = newestHeights(to, PULSE_BLOCKS);
    const { averageBlockMs } = await averageBlockTime(ctx.db, network.id, BLOCK_TIME_SAMPLE_BLOCKS);
    return { ...base, averageBlockMs, blocks: [...pulseBlocks(await listAbsences(ctx.db, network.id, range), range)] };
  },
});
