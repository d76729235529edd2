import { describe, expect, it } from "vitest";
import { signingCells } from "./signing-cells";

const at = new Date("2026-01-01T00:00:00Z");

describe("signing cells", () => {
  it("tells signed, nil, missed, not in the set and unknown apart, with no height left out", () => {
    const rows = [
      { heightBlocks: 10n, blockAt: at, letter: "c" },
      { heightBlocks: 11n, blockAt: at, letter: "n" },
      { heightBlocks: 12n, blockAt: at, letter: "a" },
      { heightBlocks: 14n, blockAt: at, letter: null },
    ];
    expect(signingCells(rows, { from: 9n, to: 14n }).map((cell) => [cell.heightBlocks, cell.state])).toEqual([
      [9, "unknown"],
      [10, "signed"],
      [11, "signed"],
      [12, "missed"],
      [13, "unknown"],
      [14, "absent"],
    ]);
  });
});
