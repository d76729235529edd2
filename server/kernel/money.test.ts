import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baseUnitsText } from "./money";

describe("baseUnitsText", () => {
  it("takes any whole number of up to 78 digits as BigInt writes it", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 78n - 1n }), (amount) => {
        expect(BigInt(baseUnitsText.parse(amount.toString()))).toBe(amount);
      }),
    );
  });

  it.each(["", "-1", "+1", "01", "1.0", "1e6", "1_000", "1 000", " 1", "1\n", "0x10", "١", `1${"0".repeat(78)}`])(
    "refuses %j",
    (text) => {
      expect(baseUnitsText.safeParse(text).success).toBe(false);
    },
  );

  it.each([1, 1n, null])("refuses %s, which is not text", (value) => {
    expect(baseUnitsText.safeParse(value).success).toBe(false);
  });
});
