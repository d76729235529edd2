import { describe, expect, it } from "vitest";
import { powerReductionFrom } from "./power-reduction";

const one = (tokensBaseUnits: bigint, votingPower: bigint) => ({ tokensBaseUnits, votingPower });

describe("base units in one unit of voting power", () => {
  it("are read off the set", () => {
    expect(powerReductionFrom([one(1_999_999n, 1n), one(100_000_000n, 100n)])).toBe(1_000_000n);
    expect(powerReductionFrom([one(5n * 10n ** 18n, 5n), one(10n ** 19n, 10n)])).toBe(10n ** 18n);
    expect(powerReductionFrom([one(7n, 7n)])).toBe(1n);
  });

  it("are what most validators show while tokens of one move", () => {
    expect(powerReductionFrom([one(3_000_000n, 3n), one(9_000_000n, 9n), one(4_000n, 4n)])).toBe(1_000_000n);
  });

  it("are the SDK's own where nobody shows any", () => {
    expect(powerReductionFrom([])).toBe(1_000_000n);
    expect(powerReductionFrom([one(12_345n, 0n)])).toBe(1_000_000n);
  });
});
