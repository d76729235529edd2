import { describe, expect, it } from "vitest";
import { recentSigning } from "./recent-signing";

const at = (height: number) => new Date(1_000_000 + height * 1_000);
/** A letter a block from height 1 on; a space is a block that is not kept, a minus one whose set was without it. */
const look = (letters: string) =>
  recentSigning(
    [...letters].flatMap((letter, index) =>
      letter === " "
        ? []
        : [{ heightBlocks: BigInt(index + 1), blockAt: at(index + 1), letter: letter === "-" ? null : letter }],
    ),
    { from: 1n, to: BigInt(letters.length) },
  );

describe("how a validator signs now", () => {
  it.each([
    ["cccc", { asked: 4, missed: 0, run: { isMissed: false, blocks: 4, since: null } }],
    ["aaaa", { asked: 4, missed: 4, run: { isMissed: true, blocks: 4, since: null } }],
    ["ccaa", { asked: 4, missed: 2, run: { isMissed: true, blocks: 2, since: at(3) } }],
    ["aacn", { asked: 4, missed: 2, run: { isMissed: false, blocks: 2, since: at(3) } }],
    ["aa-c", { asked: 3, missed: 2, run: { isMissed: false, blocks: 1, since: at(4) } }],
    ["cca-", { asked: 3, missed: 1, run: null }],
    ["c ac", { asked: 3, missed: 1, run: { isMissed: false, blocks: 1, since: at(4) } }],
    ["cc  ", { asked: 2, missed: 0, run: null }],
    ["----", { asked: 0, missed: 0, run: null }],
  ] as const)("is told by the newest of %j", (letters, expected) => {
    expect(look(letters)).toMatchObject(expected);
  });

  it("measures the block time, across what is not kept, and knows none of one block", () => {
    expect(look("c  c")).toMatchObject({ averageBlockMs: 1_000, newestAt: at(4) });
    expect(look("c").averageBlockMs).toBeNull();
    expect(look("    ")).toMatchObject({ averageBlockMs: null, newestAt: null, run: null });
  });
});
