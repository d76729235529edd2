import { recordChainFacts } from "@/server/domains/chain";
import { findSlashes } from "./find-slashes";
import type { Follow, FollowMemory } from "./follow-memory";

/** The SDK's zero time stands for "never jailed". */
const NEVER_JAILED = "1970-01-01T00:00:00Z";

/** Takes one look at params, upgrade plan, validators and their signing records, and has it kept. @throws AppError */
export async function readFacts(follow: Follow, memory: FollowMemory): Promise<void> {
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
  const slashes = await findSlashes(follow, memory, validators, latestHeightBlocks);
  const records = new Map(signing.map((record) => [record.consensusAddress, record]));
  await recordChainFacts(follow.ctx, {
    networkId: follow.networkId,
    heightBlocks: latestHeightBlocks,
    slashes: [...slashes],
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
        unbondsAt: validator.status === "unbonding" ? validator.unbondingAt : null,
        tokensBaseUnits: validator.tokensBaseUnits,
        delegatorShares: validator.delegatorShares,
        commissionRate: validator.commissionRate,
        commissionMaxRate: validator.commissionMaxRate,
        commissionMaxChangeRate: validator.commissionMaxChangeRate,
        profile: {
          identity: validator.description.identity,
          website: validator.description.website,
          securityContact: validator.description.securityContact,
          details: validator.description.details,
        },
        missedBlocks: record?.missedBlocks ?? null,
        signingStartHeightBlocks: record?.startHeightBlocks ?? null,
      };
    }),
  });
}
