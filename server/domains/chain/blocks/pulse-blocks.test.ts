import { expect, it } from "vitest";
import { pulseBlocks } from "./pulse-blocks";

const blockAt = new Date("2026-01-10T12:00:00Z");
const at = blockAt.toISOString();

it("says of each height whether the whole set signed, how many did not, or that it is not known", () => {
  const rows = [
    { heightBlocks: 5n, blockAt, setSize: 4, absent: 0 },
    { heightBlocks: 7n, blockAt, setSize: 4, absent: 3 },
  ];
  expect(pulseBlocks(rows, { from: 4n, to: 7n })).toEqual([
    { heightBlocks: 4, state: "unknown" },
    { heightBlocks: 5, state: "signed", at },
    { heightBlocks: 6, state: "unknown" },
    { heightBlocks: 7, state: "missed", at, note: "3 of 4 missing" },
  ]);
});
