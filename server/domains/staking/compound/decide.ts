import type { CompoundEnd, CompoundWait } from "../constants";
import type { GrantFacts } from "./read-grant";

export type CompoundFacts = {
  readonly grant: Pick<
    GrantFacts,
    | "stakeLeftBaseUnits"
    | "stakeExpiresAt"
    | "hasStakeGrant"
    | "mayWithdraw"
    | "withdrawExpiresAt"
    | "feesLeftBaseUnits"
    | "feesExpireAt"
  >;
  /** Whether the wallet's rewards are paid out to itself. */
  readonly isPaidToItself: boolean;
  readonly hasStake: boolean;
  readonly isBonded: boolean;
  /** What could be withdrawn now in whole base units. */
  readonly rewardsBaseUnits: bigint;
  /** By the chain's clock. */
  readonly now: Date;
  /** What the grant was to hold until, as it was last seen; tells an end by time from one by hand. */
  readonly grantedUntil: Date | null;
};

export type CompoundDecision =
  | { readonly do: "end"; readonly because: CompoundEnd }
  | { readonly do: "wait"; readonly because: CompoundWait }
  | { readonly do: "stake"; readonly amountBaseUnits: bigint };

const isOver = (expiresAt: string | null, now: Date): boolean => expiresAt !== null && new Date(expiresAt) <= now;

/**
 * What is done for a wallet now: nothing beyond what it granted, and the end of it where the chain holds no grant to go by. The chain prunes grants
 * that ran out and those that are used up, so that one which is gone before its time was revoked.
 */
export function decideCompound(facts: CompoundFacts): CompoundDecision {
  const { grant, now } = facts;
  const end = (because: CompoundEnd): CompoundDecision => ({ do: "end", because });
  const wait = (because: CompoundWait): CompoundDecision => ({ do: "wait", because });
  const wasUntilNow = facts.grantedUntil !== null && facts.grantedUntil <= now;
  if (isOver(grant.stakeExpiresAt, now) || isOver(grant.withdrawExpiresAt, now)) return end("staking.compound_expired");
  if (grant.stakeLeftBaseUnits === null && grant.hasStakeGrant) return end("staking.compound_other_grant");
  if (grant.stakeLeftBaseUnits === null && !grant.mayWithdraw) {
    return end(wasUntilNow ? "staking.compound_expired" : "staking.compound_revoked");
  }
  // A stake grant whose limit is reached is deleted by the chain; the grant to withdraw has no limit and is still there.
  if (grant.stakeLeftBaseUnits === null || grant.stakeLeftBaseUnits === 0n) return end("staking.compound_limit_used");
  if (!grant.mayWithdraw) return end("staking.compound_revoked");
  if (grant.feesLeftBaseUnits === null || grant.feesLeftBaseUnits === 0n || isOver(grant.feesExpireAt, now)) {
    return end("staking.compound_fees_used");
  }
  if (!facts.isPaidToItself) return end("staking.compound_pays_elsewhere");
  if (!facts.hasStake) return wait("staking.compound_no_stake");
  if (!facts.isBonded) return wait("staking.compound_validator_not_bonded");
  if (facts.rewardsBaseUnits === 0n) return wait("staking.compound_too_little");
  const [earned, left] = [facts.rewardsBaseUnits, grant.stakeLeftBaseUnits];
  if (earned > left) return { do: "stake", amountBaseUnits: left };
  return { do: "stake", amountBaseUnits: earned };
}
