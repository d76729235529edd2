import { describe, expect, it } from "vitest";
import { groupDigits } from "./group-digits";

describe("groupDigits", () => {
  it.each([
    [0, "0"],
    [1234, "1234"],
    [12345, "12 345"],
    [28497n, "28 497"],
    ["1234567.50", "1 234 567.50"],
    ["-1234567", "\u22121 234 567"],
    ["0.000001", "0.000001"],
    ["340282366920938463463374607431768211456", "340 282 366 920 938 463 463 374 607 431 768 211 456"],
  ])("writes %s as %s", (value, expected) => {
    expect(groupDigits(value).replace(/[\u202f\u00a0]/g, " ")).toBe(expected);
  });

  it.each(["", "1e21", "NaN", "1,000", "1.", ".5", " 1"])("refuses %j", (value) => {
    expect(() => groupDigits(value)).toThrow(RangeError);
  });
});
