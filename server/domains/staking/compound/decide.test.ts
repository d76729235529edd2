import { describe, expect, it } from "vitest";
import { type CompoundFacts, decideCompound } from "./decide";

const NOW = new Date("2026-03-01T12:00:00Z");
const [BEFORE, AFTER] = ["2026-03-01T11:00:00Z", "2026-04-01T12:00:00Z"];
const FACTS: CompoundFacts = {
  grant: {
    stakeLeftBaseUnits: 1_000n,
    stakeExpiresAt: AFTER,
    hasStakeGrant: true,
    mayWithdraw: true,
    withdrawExpiresAt: AFTER,
    feesLeftBaseUnits: 500n,
    feesExpireAt: AFTER,
  },
  isPaidToItself: true,
  hasStake: true,
  isBonded: true,
  rewardsBaseUnits: 300n,
  now: NOW,
  grantedUntil: new Date(AFTER),
};
const withGrant = (change: Partial<CompoundFacts["grant"]>, more: Partial<CompoundFacts> = {}): CompoundFacts => ({
  ...FACTS,
  ...more,
  grant: { ...FACTS.grant, ...change },
});
const NONE = {
  stakeLeftBaseUnits: null,
  stakeExpiresAt: null,
  hasStakeGrant: false,
  mayWithdraw: false,
  withdrawExpiresAt: null,
  feesLeftBaseUnits: null,
  feesExpireAt: null,
};

describe("what is done for a wallet that granted compounding", () => {
  it("is to stake what was earned, and never more than is left of the limit", () => {
    expect(decideCompound(FACTS)).toEqual({ do: "stake", amountBaseUnits: 300n });
    expect(decideCompound({ ...FACTS, rewardsBaseUnits: 5_000n })).toEqual({ do: "stake", amountBaseUnits: 1_000n });
  });

  it.each<[string, CompoundFacts, string]>([
    ["every grant is gone before its time", withGrant(NONE), "staking.compound_revoked"],
    [
      "every grant is gone at its time",
      withGrant(NONE, { grantedUntil: new Date(BEFORE) }),
      "staking.compound_expired",
    ],
    ["the chain has not pruned what ran out", withGrant({ stakeExpiresAt: BEFORE }), "staking.compound_expired"],
    [
      "the limit was reached, so that the chain dropped the grant",
      withGrant({ stakeLeftBaseUnits: null, hasStakeGrant: false }),
      "staking.compound_limit_used",
    ],
    [
      "the wallet granted something else in its place",
      withGrant({ stakeLeftBaseUnits: null, stakeExpiresAt: null }),
      "staking.compound_other_grant",
    ],
    ["withdrawing was revoked alone", withGrant({ mayWithdraw: false }), "staking.compound_revoked"],
    ["nobody pays the fees", withGrant({ feesLeftBaseUnits: null }), "staking.compound_fees_used"],
    ["the allowance is over", withGrant({ feesExpireAt: BEFORE }), "staking.compound_fees_used"],
    // Staking again would take coins that were never earned.
    ["rewards go to another account", { ...FACTS, isPaidToItself: false }, "staking.compound_pays_elsewhere"],
  ])("ends when %s", (_, facts, because) => {
    expect(decideCompound(facts)).toEqual({ do: "end", because });
  });

  it.each<[string, Partial<CompoundFacts>, string]>([
    ["nothing is staked there", { hasStake: false }, "staking.compound_no_stake"],
    ["the validator is not in the set", { isBonded: false }, "staking.compound_validator_not_bonded"],
    ["nothing was earned", { rewardsBaseUnits: 0n }, "staking.compound_too_little"],
  ])("waits while %s", (_, change, because) => {
    expect(decideCompound({ ...FACTS, ...change })).toEqual({ do: "wait", because });
  });
});
