import { defineQuery } from "@/server/kernel/verbs";
import { HISTORY_STEPS } from "../constants";
import { validatorNotMirrored } from "../errors";
import { listValidatorsByOperators } from "../mirror/repository";
import { requireNetwork } from "../networks/require-network";
import { listHours, listSamples } from "./repository";
import { ValidatorHistory, ValidatorHistoryInput } from "./schemas";

const HOUR_MS = 3_600_000;

/** Whether the sample stands at the beginning of a step; the last one is kept besides, since it tells of now. */
const isOnStep = (at: Date, stepMinutes: number): boolean => at.getTime() % (stepMinutes * 60_000) === 0;

/**
 * How a validator stood over a day, a week or a month: samples of stake, rank, commission and the chain's own miss counter, and by the hour what
 * it signed and missed. Times that nobody read have no point. @throws not_found chain.validator_not_found
 */
export const getValidatorHistory = defineQuery({
  verb: "chain.get-validator-history",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: ValidatorHistoryInput,
  output: ValidatorHistory,
  run: async (ctx, input): Promise<ValidatorHistory> => {
    const network = await requireNetwork(ctx.db, input.networkId);
    const [validator] = await listValidatorsByOperators(ctx.db, network.id, [input.operatorAddress]);
    if (!validator) throw validatorNotMirrored(network.id);
    const { hours, stepMinutes } = HISTORY_STEPS[input.span];
    const from = new Date(ctx.now.getTime() - hours * HOUR_MS);
    const samples = await listSamples(ctx.db, network.id, validator.operatorAddress, from);
    const newest = samples.at(-1);
    const kept = samples.filter((sample) => sample === newest || isOnStep(sample.at, stepMinutes));
    const ofHours = await listHours(ctx.db, network.id, validator.consensusAddressHex, from);
    return {
      networkId: network.id,
      operatorAddress: validator.operatorAddress,
      span: input.span,
      from: from.toISOString(),
      to: ctx.now.toISOString(),
      stepMinutes,
      samples: kept.map((sample) => ({
        at: sample.at.toISOString(),
        tokensBaseUnits: sample.tokensBaseUnits.toString(),
        bondedBaseUnits: sample.bondedBaseUnits.toString(),
        rank: sample.rank,
        commissionRate: sample.commissionRate,
        missedBlocks: sample.missedBlocks,
        delegatorCount: sample.delegatorCount,
        outstandingRewardsBaseUnits: sample.outstandingRewardsBaseUnits?.toString() ?? null,
        outstandingCommissionBaseUnits: sample.outstandingCommissionBaseUnits?.toString() ?? null,
        aprBeforeCommission: sample.aprBeforeCommission,
      })),
      hours: ofHours.map(({ hourAt, signedBlocks, missedBlocks }) => ({
        at: hourAt.toISOString(),
        signed: signedBlocks,
        missed: missedBlocks,
      })),
    };
  },
});
