import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBaseUnits } from "./format-base-units";

const plain = (text: string) => text.replaceAll("\u202f", "").replace("\u2212", "-");

describe("formatBaseUnits", () => {
  it.each([
    [0n, 6, "0"],
    [1n, 6, "0.000001"],
    ["1500000", 6, "1.5"],
    [1_000_000n, 6, "1"],
    [-2_500_000n, 6, "-2.5"],
    [12_345_678_900_000n, 6, "12345678.9"],
    [7n, 0, "7"],
  ])("writes %s at exponent %i as %s", (amount, exponent, expected) => {
    expect(plain(formatBaseUnits(amount, exponent))).toBe(expected);
  });

  it("loses no unit, for any amount and exponent", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 78n), max: 10n ** 78n }),
        fc.integer({ min: 0, max: 18 }),
        (amount, exponent) => {
          const shown = plain(formatBaseUnits(amount, exponent));
          const [whole = "", fraction = ""] = shown.split(".");
          expect(BigInt(whole + fraction.padEnd(exponent, "0"))).toBe(amount);
        },
      ),
    );
  });

  it.each(["1.5", "", "1e6", "0x10"])("refuses %j", (amount) => {
    expect(() => formatBaseUnits(amount, 6)).toThrow(RangeError);
  });
});
