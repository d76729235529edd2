import { expect, it } from "vitest";
import { chainStanding, stakeShare } from "./chain-standing";

const plain = (text: string | null): string | null => text?.replace(/[\u202f\u00a0]/g, " ") ?? null;

it("says the worst first, whatever the set says besides", () => {
  const bonded = { status: "bonded", isJailed: false, isTombstoned: false } as const;
  expect(chainStanding(bonded).word).toBe("In the set");
  // The staking module keeps a jailed validator as bonded until the end of the block.
  expect(chainStanding({ ...bonded, isJailed: true })).toEqual({ state: "danger", word: "Jailed" });
  expect(chainStanding({ status: "unbonding", isJailed: true, isTombstoned: true }).word).toBe("Tombstoned");
});

it("cuts a share and never rounds it up; one outside the set has none", () => {
  const of = (tokens: string, rank: number | null, bonded = "3") =>
    plain(stakeShare({ rank, tokensBaseUnits: tokens, bondedBaseUnits: bonded }));
  expect(of("2", 1)).toBe("66.66 %");
  expect(of("3", 1)).toBe("100 %");
  expect(of("0", 9, "100000000")).toBe("0 %");
  expect(of("1", 9, "100000000")).toBe("< 0.01 %");
  expect(of("2", null)).toBeNull();
  expect(of("2", 1, "0")).toBeNull();
});
