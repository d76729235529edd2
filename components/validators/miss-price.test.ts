import { describe, expect, it } from "vitest";
import { actPrice, jailCountdown, missPrice } from "./miss-price";

const NOW = Date.parse("2026-01-01T12:00:00.000Z");
const budget = {
  left: 114,
  blocksToJail: 114,
  downtimeJailSeconds: 600,
  slashFractionDowntime: "0.0001",
  averageBlockMs: 1_000,
  syncedAt: new Date(NOW).toISOString(),
};
const denom = { symbol: "OMNI", exponent: 6 };
const standing = { state: "signing", nodeState: "synced", tokensBaseUnits: "1000000000" } as const;
const plain = (text: string | null) => text?.replaceAll(/\s/g, " ");

describe("what missing every block costs", () => {
  it("is said in the chain's own numbers", () => {
    expect(plain(missPrice(standing, budget, denom))).toBe(
      "114 misses, about 1 min 54 s, then jail for 10 min at least and 0.01 % of 1000 OMNI = 0.1 OMNI.",
    );
    const young = { ...budget, left: 1, blocksToJail: 60, averageBlockMs: 500 };
    expect(plain(missPrice(standing, young, denom))).toMatch(/^1 miss, about 30 s,/);
  });

  it("leaves out what is not known, and invents nothing", () => {
    expect(missPrice(standing, null, denom)).toContain("not known");
    expect(plain(missPrice({ ...standing, tokensBaseUnits: null }, { ...budget, averageBlockMs: null }, denom))).toBe(
      "114 misses, then jail for 10 min at least and 0.01 % of the stake.",
    );
  });

  it.each([
    ["jailed", /^Nothing: .*jailed/],
    ["unbonding", /^Nothing: .*outside the active set/],
    ["gone", /^Nothing: .*no signature any more/],
  ] as const)("is nothing while %s", (state, words) => {
    expect(missPrice({ ...standing, state }, budget, denom)).toMatch(words);
  });
});

describe("what an act on a node costs", () => {
  const price = (act: Parameters<typeof actPrice>[0], state: Parameters<typeof actPrice>[1]["state"] = "signing") =>
    plain(actPrice(act, { ...standing, state }, budget, denom));

  it("is the price of missing every block where the node stays down, and of some of them where it comes back", () => {
    expect(price("stop")).toMatch(/^114 misses, about 1 min 54 s, then jail .* 0\.01 % of 1000 OMNI/);
    expect(price("redeploy")).toMatch(/^The blocks in between are missed.*If it stayed down: 114 misses/);
    expect(price("start")).toBe("Nothing.");
  });

  it("says in jail that nothing is missed, and that starting alone does not bring signatures back", () => {
    for (const act of ["stop", "redeploy"] as const) expect(price(act, "jailed")).toMatch(/^Nothing: .*jailed/);
    expect(price("start", "jailed")).toMatch(/signs nothing until its owner unjails it/);
  });
});

describe("the countdown to jail", () => {
  const stopped = { ...standing, state: "missing", nodeState: "stopped" } as const;
  const at = (seconds: number) => plain(jailCountdown(stopped, budget, NOW + seconds * 1_000));

  it("runs from the last look on, to the end", () => {
    expect(at(0)).toBe("Jail in about 1 min 54 s, after 114 misses more.");
    expect(at(54)).toBe("Jail in about 1 min, after 60 misses more.");
  });

  it("says that jail is due once the time is over", () => {
    expect(plain(jailCountdown(stopped, { ...budget, blocksToJail: 5 }, NOW + 6_000))).toBe(
      "Jail is due with the next blocks.",
    );
  });

  it("is silent where the node runs, where jail is there already, and where the numbers are old or missing", () => {
    expect(jailCountdown({ ...stopped, nodeState: "synced" }, budget, NOW)).toBeNull();
    expect(jailCountdown({ ...stopped, state: "jailed" }, budget, NOW)).toBeNull();
    expect(jailCountdown(stopped, budget, NOW + 61_000)).toBeNull();
    expect(jailCountdown(stopped, null, NOW)).toBeNull();
    expect(jailCountdown(stopped, { ...budget, averageBlockMs: null }, NOW)).toBeNull();
  });
});
