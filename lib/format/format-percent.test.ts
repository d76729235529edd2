import { describe, expect, it } from "vitest";
import { formatPercent, formatShare } from "./format-percent";

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, " ");

describe("formatPercent", () => {
  it.each([
    ["0", "0 %"],
    ["1", "100 %"],
    ["0.1", "10 %"],
    ["0.052500000000000000", "5.25 %"],
    ["0.000000000000000001", "0.0000000000000001 %"],
    ["12.5", "1250 %"],
    ["-0.015", "\u22121.5 %"],
    ["-0.0", "0 %"],
  ])("writes the share %s as %s", (share, expected) => {
    expect(plain(formatPercent(share))).toBe(expected);
  });

  it("cuts and never rounds a share up", () => {
    expect(plain(formatPercent("0.99999", 2))).toBe("99.99 %");
    expect(plain(formatPercent("0.00001", 2))).toBe("< 0.01 %");
    expect(plain(formatPercent("0.004", 0))).toBe("< 1 %");
    expect(plain(formatPercent("0", 2))).toBe("0 %");
  });

  it.each(["", "5%", "0.1.2", "1e-2", "NaN"])("refuses %j", (share) => {
    expect(() => formatPercent(share)).toThrow(RangeError);
  });
});

describe("a part of a whole", () => {
  it.each([
    [2n, 3n, "66.66 %"],
    [3n, 3n, "100 %"],
    [0n, 3n, "0 %"],
    [999_999n, 1_000_000n, "99.99 %"],
    [5_000_000n, 300_000_010_000_000n, "< 0.01 %"],
  ] as const)("%s of %s is cut and never rounded up", (part, whole, expected) => {
    expect(plain(formatShare(part, whole))).toBe(expected);
  });
});
