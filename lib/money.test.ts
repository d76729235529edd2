import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMoney, centsOfPicoDollars, formatBaseUnits, formatMoney, formatPicoDollars, picoDollarsFor } from "./money";
import { baseUnitsCodec, baseUnitsText, chainAmountCodec, moneyCodec, picoDollarsCodec } from "./money-wire";

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

describe("what travels", () => {
  it("is text on the wire and an integer in the program, both ways, for any amount", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 78n - 1n }), (amount) => {
        expect(baseUnitsCodec.decode(baseUnitsCodec.encode(amount))).toBe(amount);
        expect(picoDollarsCodec.encode(picoDollarsCodec.decode(amount.toString()))).toBe(amount.toString());
        const coins = { baseUnits: amount, denom: "omniphi" };
        expect(chainAmountCodec.decode(chainAmountCodec.encode(coins))).toEqual(coins);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }), (minorUnits) => {
        const money = { minorUnits, currency: "EUR" };
        expect(moneyCodec.decode(moneyCodec.encode(money))).toEqual(money);
      }),
    );
  });

  it.each([
    { minorUnits: 1250, currency: "USD" },
    { minorUnits: "12.50", currency: "USD" },
    { minorUnits: "-0", currency: "USD" },
    { minorUnits: "1250", currency: "usd" },
    { minorUnits: "1250", currency: "XQZ" },
    { minorUnits: "1250" },
    { minorUnits: "1250", currency: "USD", more: 1 },
  ])("is not %j", (value) => {
    expect(moneyCodec.safeParse(value).success).toBe(false);
  });
});

describe("money", () => {
  const usd = (minorUnits: bigint) => ({ minorUnits, currency: "USD" });

  it("adds up in one currency only", () => {
    expect(addMoney(usd(1n), usd(2n))).toEqual(usd(3n));
    expect(() => addMoney(usd(1n), { minorUnits: 1n, currency: "EUR" })).toThrow("USD and EUR");
  });

  it.each([
    [1250n, "USD", "12.50 USD"],
    [-5n, "EUR", "-0.05 EUR"],
    [1250n, "JPY", "1250 JPY"],
    [1250n, "KWD", "1.250 KWD"],
    [123_456_789n, "USD", "1234567.89 USD"],
  ] as const)("of %s minor units of %s reads %s", (minorUnits, currency, expected) => {
    expect(plain(formatMoney({ minorUnits, currency })).replace("\u00a0", " ")).toBe(expected);
  });

  it.each([
    [2_500_000n, "0.0000025 USD"],
    [1_000_000_000_000n, "1.00 USD"],
    [1n, "0.000000000001 USD"],
  ])("at %s pico-dollars a unit reads %s", (price, expected) => {
    expect(plain(formatPicoDollars(price)).replace("\u00a0", " ")).toBe(expected);
  });

  it.each([
    [10_000_000_000n, 1n],
    [4_999_999_999n, 0n],
    [5_000_000_000n, 0n],
    [15_000_000_000n, 2n],
    [25_000_000_000n, 2n],
    [5_000_000_001n, 1n],
    [-5_000_000_000n, 0n],
    [-15_000_000_000n, -2n],
    [-5_000_000_001n, -1n],
  ])("rounds %s pico-dollars to %s cents, half to even", (pico, cents) => {
    expect(centsOfPicoDollars(pico)).toEqual(usd(cents));
  });

  it("is never further from its pico-dollars than half a cent", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 12n }), (units, price) => {
        const exact = picoDollarsFor(units, price);
        const off = centsOfPicoDollars(exact).minorUnits * 10n ** 10n - exact;
        expect((off < 0n ? -off : off) <= 5n * 10n ** 9n).toBe(true);
      }),
    );
  });
});
