import { recordChainFacts } from "@/server/domains/chain";
import type { Follow } from "./follow-memory";

/** The SDK's zero time stands for "never jailed". */
const NEVER_JAILED = "1970-01-01T00:00:00Z";

/** Takes one look at params, upgrade plan, validators and their signing records, and has it kept. @throws AppError */
export async function readFacts(follow: Follow): Promise<void> {
  const { node, signal } = follow;
  const now = { signal, maxAgeMs: 0 };
  const { latestHeightBlocks } = await node.status(now);
  const [slashingParams, staking, plan, validators, signing] = await Promise.all([
    node.slashingParams({ signal }),
    node.stakingParams({ signal }),
    node.upgradePlan(now),
    node.validatorSet({}, now),
    node.signingInfos(now),
  ]);
  const records = new Map(signing.map((record) => [record.consensusAddress, record]));
  await recordChainFacts(follow.ctx, {
    networkId: follow.networkId,
    heightBlocks: latestHeightBlocks,
    slashingParams,
    stakingParams: {
      unbondingSeconds: staking.unbondingSeconds,
      maxValidators: staking.maxValidators,
      maxEntries: staking.maxEntries,
      bondDenom: staking.bondDenom,
      minCommissionRate: staking.minCommissionRate,
    },
    upgradePlan:
      plan === null ? null : { name: plan.name, heightBlocks: plan.heightBlocks.toString(), info: plan.info },
    validators: validators.map((validator) => {
      const record = records.get(validator.consensusAddress);
      const isNever = record === undefined || record.jailedUntil === NEVER_JAILED;
      return {
        operatorAddress: validator.operatorAddress,
        consensusPubkeyBase64: validator.consensusPubkeyBase64,
        consensusAddress: validator.consensusAddress,
        consensusAddressHex: validator.consensusAddressHex,
        moniker: validator.description.moniker,
        status: validator.status,
        jailed: validator.jailed,
        tombstoned: record?.tombstoned ?? false,
        jailedUntil: isNever ? null : record.jailedUntil,
        tokensBaseUnits: validator.tokensBaseUnits,
        commissionRate: validator.commissionRate,
        missedBlocks: record?.missedBlocks ?? null,
        signingStartHeightBlocks: record?.startHeightBlocks ?? null,
      };
    }),
  });
}
