import { describe, expect, it } from "vitest";
import { readAmount } from "./amount-field";

describe("an amount as it is typed", () => {
  it.each([
    ["", {}],
    ["  ", {}],
    ["1.5", { base: 1_500_000n }],
    ["0.000001", { base: 1n }],
    ["0", { problem: "More than nothing." }],
  ])("%j", (typed, read) => {
    expect(readAmount(typed, 6)).toEqual(read);
  });

  it.each(["0.0000001", "-1", "1,5", "abc", "1e3"])("%j is told why it is none", (typed) => {
    expect(readAmount(typed, 6).problem).toMatch(/.{10}/);
  });
});
