import { describe, expect, it } from "vitest";
import { hasSignedLately, nextSpan, type SigningSpan, signTogether } from "./duplicate-signer";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000);
const never: SigningSpan = { signAdvancedAt: null, signAdvancingSince: null };
/** The span of a machine whose sign state was seen to move at these seconds. */
const moving = (...seconds: number[]): SigningSpan =>
  seconds.reduce((span, second) => nextSpan(span, true, at(second)), never);

describe("two signers of one key", () => {
  it.each([
    ["both move in turn", moving(0, 60, 120), moving(30, 90, 150), 160, true],
    ["both move at once", moving(0, 30), moving(0, 30), 40, true],
    [
      "the node moved house: the old one ended before the new one began",
      moving(0, 30, 60),
      moving(90, 120),
      130,
      false,
    ],
    ["the old one moved once more after the new one began", moving(0, 30, 100), moving(90, 120), 130, true],
    ["one never moves: a standby with the key", moving(0, 30, 60), never, 70, false],
    ["both moved long ago", moving(0, 60), moving(30, 90), 1_000, false],
    [
      "one began again after a pause, the other signs on",
      moving(0, 30, 2_000, 2_030),
      moving(1_990, 2_020),
      2_040,
      true,
    ],
  ])("%s", (_name, one, other, now, expected) => {
    expect(signTogether(one, other, at(now))).toBe(expected);
    expect(signTogether(other, one, at(now))).toBe(expected);
  });

  it("keeps a node of ours down for ten minutes after another machine signed", () => {
    expect(hasSignedLately(moving(0), at(599))).toBe(true);
    expect(hasSignedLately(moving(0), at(601))).toBe(false);
    expect(hasSignedLately(never, at(0))).toBe(false);
  });

  it("a report without a move changes nothing", () => {
    expect(nextSpan(moving(0, 30), false, at(60))).toEqual(moving(0, 30));
  });
});
