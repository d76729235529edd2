import { expect, it } from "vitest";
import { blockWanted } from "./find";

const hash = "ab".repeat(32);

it.each([
  ["12", { heightBlocks: 12n }],
  ["12\u202f345", { heightBlocks: 12_345n }],
  ["1 234 567", { heightBlocks: 1_234_567n }],
  [hash, { hash: hash.toUpperCase() }],
  [`0x${hash}`, { hash: hash.toUpperCase() }],
  ["9".repeat(16), null],
  ["omni1qyfk", null],
  ["12a", null],
])("reads %s as what it names", (words, expected) => {
  expect(blockWanted(words)).toEqual(expected);
});
