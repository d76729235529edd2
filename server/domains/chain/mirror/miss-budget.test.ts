import { describe, expect, it } from "vitest";
import { missBudgetOf } from "./miss-budget";

const signing = { missedBlocks: 0, startHeightBlocks: 1n, heightBlocks: 100_000n };

describe("miss budget", () => {
  it.each([
    [30_000, "0.05", 1_500, 28_500],
    [10_000, "0.5", 5_000, 5_000],
    [120, "0.05", 6, 114],
    [50, "0.05", 2, 48], // 2.5 rounds to even
    [70, "0.05", 4, 66], // 3.5 rounds to even
    [33, "0.05", 2, 31], // 1.65 rounds up
    [100, "1", 100, 0],
  ] as const)(
    "of a window of %i blocks at %s needs %i signed and allows %i misses",
    (window, minSigned, needed, allowed) => {
      const params = { signedBlocksWindow: window, minSignedPerWindow: minSigned };
      expect(missBudgetOf(params, signing)).toMatchObject({
        minSignedBlocks: needed,
        allowedMisses: allowed,
        left: allowed,
      });
    },
  );

  it("is used up by as many misses as are left, and not before a whole window has passed", () => {
    const params = { signedBlocksWindow: 120, minSignedPerWindow: "0.05" };
    expect(missBudgetOf(params, { ...signing, missedBlocks: 14 }).blocksToJail).toBe(100);
    const young = { ...signing, startHeightBlocks: 900n, heightBlocks: 901n };
    expect(missBudgetOf(params, young).blocksToJail).toBe(119);
  });

  it("never goes below nothing left, and knows when the window is not full yet", () => {
    const params = { signedBlocksWindow: 120, minSignedPerWindow: "0.05" };
    expect(missBudgetOf(params, { ...signing, missedBlocks: 113 }).left).toBe(1);
    expect(missBudgetOf(params, { ...signing, missedBlocks: 120 }).left).toBe(0);
    expect(missBudgetOf(params, { ...signing, startHeightBlocks: 900n, heightBlocks: 1_020n }).isWindowFull).toBe(
      false,
    );
    expect(missBudgetOf(params, { ...signing, startHeightBlocks: 900n, heightBlocks: 1_021n }).isWindowFull).toBe(true);
  });
});
