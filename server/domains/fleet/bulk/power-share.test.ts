import { describe, expect, it } from "vitest";
import { fitsShare, percentOf } from "./power-share";

describe("the share of a network that may be away at once", () => {
  it.each([
    ["all of it", 10n, 0n, 100n, 10, true],
    ["one unit more", 11n, 0n, 100n, 10, false],
    ["beside what is away already", 5n, 6n, 100n, 10, false],
    ["just beside it", 4n, 6n, 100n, 10, true],
    ["a whole that is not known", 1n, 0n, undefined, 100, false],
    ["no whole at all", 1n, 0n, 0n, 100, false],
  ] as const)("%s", (_, power, away, bonded, maxPercent, fits) => {
    expect(fitsShare(power, away, { bonded, maxPercent })).toBe(fits);
  });

  it("is told in percent, or not at all", () => {
    expect([percentOf(1n, 3n), percentOf(1n, undefined), percentOf(1n, 0n)]).toEqual([33.33, null, null]);
  });
});
