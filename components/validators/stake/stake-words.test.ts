import { describe, expect, it } from "vitest";
import type { StakePreview } from "@/server/domains/validators/requests/schemas";
import { missingCoins, rankSentence, stakeAmount } from "./stake-words";

const denom = { displayDenom: "OMNI", denomExponent: 6 };
const preview = (over: Partial<StakePreview> = {}): StakePreview => ({
  denom: "omniphi",
  spendableBaseUnits: "25000000",
  feeBaseUnits: "5000",
  remainsBaseUnits: "14995000",
  isCovered: true,
  powerReduction: "1000000",
  votingPower: "10",
  isBelowOnePower: false,
  isSetFull: false,
  maxValidators: 100,
  wouldRank: 3,
  wouldJoinSet: true,
  lowestBonded: "1000000000",
  readAt: "2026-01-01T00:00:00.000Z",
  ...over,
});

describe("a stake before it is signed", () => {
  it("has its amount grouped and named", () => {
    expect(stakeAmount("999999999999000000", denom)).toBe("999\u202f999\u202f999\u202f999\u00a0OMNI");
    expect(stakeAmount("-15000000000", denom)).toBe("\u221215\u202f000\u00a0OMNI");
  });

  it("has a place in the set", () => {
    expect(rankSentence(preview(), denom)).toBe("Number 3 by stake, within the set of 100.");
  });

  it("is told when it would stay outside of a full set, and what the lowest in it has", () => {
    const outside = preview({ isSetFull: true, wouldJoinSet: false, wouldRank: 101 });
    expect(rankSentence(outside, denom)).toMatch(
      /^Number 101, and the set of 100 is full.*lowest stake in it is 1000\u00a0OMNI\.$/,
    );
  });

  it("is told when it is below one unit of power", () => {
    expect(rankSentence(preview({ isBelowOnePower: true }), denom)).toMatch(
      /^Below one unit of voting power \(1\u00a0OMNI\)/,
    );
  });

  it("says how much is missing", () => {
    expect(missingCoins(preview())).toBeNull();
    expect(missingCoins(preview({ isCovered: false, remainsBaseUnits: "-5000" }))).toBe("5000");
  });
});
