import { defineQuery } from "@/server/kernel/verbs";
import { consensusAddressHex } from "../blocks/consensus-address-hex";
import { averageBlockTime, findState } from "../blocks/repository";
import { BLOCK_TIME_SAMPLE_BLOCKS } from "../constants";
import { notSyncedYet, validatorNotMirrored } from "../errors";
import { requireNetwork } from "../networks/require-network";
import { missBudgetOf } from "./miss-budget";
import { findValidatorByConsensus } from "./repository";
import { MissBudget, MissBudgetInput } from "./schemas";

/**
 * Misses that a validator may have and has left, from the chain's own window and counter as last read.
 * @throws not_found chain.validator_not_found, invalid_state chain.not_synced
 */
export const getMissBudget = defineQuery({
  verb: "chain.get-miss-budget",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: MissBudgetInput,
  output: MissBudget,
  run: async (ctx, input): Promise<MissBudget> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const addressHex = consensusAddressHex(input.consensusAddress, network.bech32.consensus);
    const [state, validator] = [
      await findState(ctx.db, network.id),
      await findValidatorByConsensus(ctx.db, network.id, addressHex),
    ];
    const params = state?.slashingParams ?? null;
    if (params === null) throw notSyncedYet(network.id);
    // The counter exists from the first time the validator enters the set.
    if (!validator || validator.missedBlocks === null) throw validatorNotMirrored(network.id);
    const { missedBlocks, signingStartHeightBlocks, syncedHeightBlocks, syncedAt } = validator;
    const { averageBlockMs } = await averageBlockTime(ctx.db, network.id, BLOCK_TIME_SAMPLE_BLOCKS);
    const startHeightBlocks = signingStartHeightBlocks ?? 0n;
    return {
      windowBlocks: params.signedBlocksWindow,
      minSignedPerWindow: params.minSignedPerWindow,
      missed: missedBlocks,
      ...missBudgetOf(params, { missedBlocks, startHeightBlocks, heightBlocks: syncedHeightBlocks }),
      downtimeJailSeconds: params.downtimeJailSeconds,
      slashFractionDowntime: params.slashFractionDowntime,
      averageBlockMs: averageBlockMs === null ? null : Math.round(averageBlockMs / 10) * 10,
      syncedHeightBlocks: syncedHeightBlocks.toString(),
      syncedAt: syncedAt.toISOString(),
    };
  },
});
