import { describe, expect, it } from "vitest";
import { yieldAfterCommission } from "./yield-after-commission";

describe("what a delegator gets in a year", () => {
  it.each([
    ["0.098", "0.1", "8.82"],
    ["0.098", "0", "9.8"],
    ["0.098", "1", "0"],
    ["0.123456", "0.05", "11.72"],
    [null, "0.1", null],
    ["0.1", null, null],
  ])("of %s at a commission of %s is %s", (apr, commission, rate) => {
    expect(yieldAfterCommission(apr, commission)).toBe(rate);
  });
});
