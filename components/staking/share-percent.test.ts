import { describe, expect, it } from "vitest";
import { sharePercent } from "./share-percent";

describe("a share", () => {
  it.each([
    [1n, 3n, 33.33],
    [2n, 3n, 66.66],
    [0n, 3n, 0],
    [3n, 3n, 100],
    [0n, 0n, 0],
    [10n ** 30n, 3n * 10n ** 30n, 33.33],
  ])("of %d in %d is %d %%, never rounded up", (part, whole, percent) => {
    expect(sharePercent(part, whole)).toBe(percent);
  });
});
