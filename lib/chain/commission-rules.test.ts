import { describe, expect, it } from "vitest";
import { refuseCommissionChange, refuseNewCommission } from "./commission-rules";

const rates = { rate: "0.1", maxRate: "0.2", maxChangeRate: "0.01" };

describe("commission rules", () => {
  it.each([
    [{}, null],
    [{ rate: "0.04" }, "rate_below_chain_minimum"],
    [{ rate: "0.05" }, null],
    [{ rate: "0.21" }, "rate_above_max_rate"],
    [{ maxRate: "1.000000000000000001" }, "max_rate_above_one"],
    [{ maxRate: "1" }, null],
    [{ maxChangeRate: "0.21" }, "max_change_above_max_rate"],
    [{ maxChangeRate: "-0.01" }, "max_change_negative"],
    [{ rate: "-0.1" }, "rate_negative"],
  ] as const)("judges %j as the chain would", (change, refusal) => {
    expect(refuseNewCommission({ ...rates, ...change }, "0.05")).toBe(refusal);
  });

  it.each([
    ["0.11", "2026-01-02T00:00:00Z", null],
    ["0.111", "2026-01-02T00:00:00Z", "change_above_max_change"],
    ["0.05", "2026-01-02T00:00:00Z", null],
    ["0.049", "2026-01-02T00:00:00Z", "rate_below_chain_minimum"],
    ["0.21", "2026-01-02T00:00:00Z", "rate_above_max_rate"],
    ["0.11", "2026-01-01T23:59:59.999Z", "changed_within_a_day"],
  ] as const)("judges a change to %s at %s", (newRate, now, refusal) => {
    const current = { ...rates, updatedAt: "2026-01-01T00:00:00Z" };
    expect(refuseCommissionChange(current, newRate, { minCommissionRate: "0.05", now: new Date(now) })).toBe(refusal);
  });
});
