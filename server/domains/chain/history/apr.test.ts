import { describe, expect, it } from "vitest";
import { type AprFacts, aprOf } from "./apr";

const FACTS: AprFacts = {
  annualProvisions: "100",
  blocksPerYear: 31_557_600n,
  averageBlockMs: 1_000,
  communityTax: "0.02",
  bondedBaseUnits: 1_000n,
};

describe("the yearly rate of staking", () => {
  it.each<[string, Partial<AprFacts>, string | null]>([
    ["is minted coins over bonded ones, without the community's share", {}, "0.098"],
    ["doubles where blocks come twice as fast as the chain counts", { averageBlockMs: 500 }, "0.196"],
    ["is zero where nothing is minted", { annualProvisions: "0" }, "0"],
    ["is unknown without a measured block time", { averageBlockMs: null }, null],
    ["is unknown where nothing is bonded", { bondedBaseUnits: 0n }, null],
    ["is unknown where the chain counts no blocks", { blocksPerYear: 0n }, null],
  ])("%s", (_, change, rate) => {
    expect(aprOf({ ...FACTS, ...change })).toBe(rate);
  });
});
