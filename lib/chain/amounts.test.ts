import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDisplayAmount, parseBaseUnits, parseDisplayAmount } from "../money";
import { ChainFormatError } from "./chain-format-error";
import {
  compareDec,
  decAtomics,
  decFromAtomics,
  decFromPercent,
  decToAmino,
  decToPercent,
  multiplyDecCeil,
  multiplyDecFloor,
  normalizeDec,
  parseDecAtomics,
} from "./dec";
import { feeFrom, gasLimitAgain, gasLimitFrom, gasPriceFrom } from "./gas";

const reasonOf = (act: () => unknown): string => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof ChainFormatError) return thrown.reason;
    throw thrown;
  }
  return "accepted";
};

describe("amounts", () => {
  it.each([
    ["1", 6, 1_000_000n],
    ["1.5", 6, 1_500_000n],
    ["0.000001", 6, 1n],
    ["1.", 6, 1_000_000n],
    ["1.0000000000", 6, 1_000_000n],
    ["12", 0, 12n],
    ["1500000000.999999", 6, 1_500_000_000_999_999n],
  ] as const)("reads %s with exponent %i", (text, exponent, baseUnits) => {
    expect(parseDisplayAmount(text, exponent)).toBe(baseUnits);
  });

  it.each([
    ["", "amount_invalid"],
    [".5", "amount_invalid"],
    ["1,5", "amount_invalid"],
    ["1e6", "amount_invalid"],
    ["0x10", "amount_invalid"],
    ["-1", "amount_negative"],
    ["0.0000001", "amount_precision"],
  ] as const)("refuses %j", (text, reason) => {
    expect(reasonOf(() => parseDisplayAmount(text, 6))).toBe(reason);
  });

  it("brings any amount back from its display form", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 78n }), fc.nat({ max: 18 }), (baseUnits, exponent) => {
        expect(parseDisplayAmount(formatDisplayAmount(baseUnits, exponent), exponent)).toBe(baseUnits);
      }),
    );
  });

  it("takes base units only as the chain writes them", () => {
    expect(parseBaseUnits("0")).toBe(0n);
    for (const text of ["", "00", "01", "-1", "1.0", "1e3", " 1", "+1"]) {
      expect(reasonOf(() => parseBaseUnits(text))).toBe("amount_invalid");
    }
  });
});

describe("Dec", () => {
  it("knows the atomics of a rate", () => {
    expect(decAtomics("0.1")).toBe(100_000_000_000_000_000n);
    expect(decFromAtomics(100_000_000_000_000_000n)).toBe("0.1");
    expect(decToAmino("0.1")).toBe("0.100000000000000000");
    expect(decToPercent("0.075")).toBe("7.5");
    expect(decFromPercent("7.5")).toBe("0.075");
    expect(normalizeDec("00.500")).toBe("0.5");
  });

  it.each(["", ".", "1.", ".1", "1e-2", "abc", "0.1.2", "--1", "+1"])("refuses %j", (text) => {
    expect(reasonOf(() => decAtomics(text))).toBe("dec_invalid");
  });

  it("refuses a 19th digit instead of rounding it", () => {
    expect(reasonOf(() => decAtomics(`0.${"0".repeat(18)}1`))).toBe("dec_precision");
    expect(reasonOf(() => decFromPercent(`0.${"0".repeat(16)}1`))).toBe("dec_precision");
    expect(reasonOf(() => parseDecAtomics("0.1"))).toBe("dec_invalid");
    expect(reasonOf(() => parseDecAtomics("-0"))).toBe("dec_invalid");
  });

  it("compares and multiplies exactly, where floats would not", () => {
    expect(compareDec("0.3", "0.299999999999999999")).toBe(1);
    expect(compareDec("0.30", "0.3")).toBe(0);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 40n }),
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        (atomics, factor) => {
          const dec = decFromAtomics(atomics);
          expect(decAtomics(dec)).toBe(atomics);
          expect(decAtomics(decToAmino(dec))).toBe(atomics);
          const floor = multiplyDecFloor(dec, factor);
          const ceil = multiplyDecCeil(dec, factor);
          expect(ceil - floor).toBe((atomics * factor) % 10n ** 18n === 0n ? 0n : 1n);
        },
      ),
    );
  });
});

describe("gas", () => {
  it("asks for half as much again, rounded up", () => {
    expect(gasLimitFrom(100_000n)).toBe(150_000n);
    expect(gasLimitFrom(100_001n)).toBe(150_002n);
  });

  it.each([
    ["nothing was prepared", null, 150_000n],
    ["the state moved a little down", 157_500n, 157_500n],
    ["the state moved a little up", 142_500n, 142_500n],
    ["too much was asked", 157_501n, 150_000n],
    ["too little was asked", 142_499n, 150_000n],
  ])("keeps the limit of a document that is prepared again, unless it fits no more: %s", (_name, former, limit) => {
    expect(gasLimitAgain(100_000n, former)).toBe(limit);
  });

  it("pays the greater of the node's floor and the base fee with a quarter on top", () => {
    expect(gasPriceFrom({ minimumGasPrice: "0.025", baseFee: null })).toBe("0.025");
    expect(gasPriceFrom({ minimumGasPrice: "0.025", baseFee: "0.01" })).toBe("0.025");
    expect(gasPriceFrom({ minimumGasPrice: "0.025", baseFee: "0.04" })).toBe("0.05");
    expect(feeFrom(150_001n, "0.025")).toBe(3_751n);
  });
});
