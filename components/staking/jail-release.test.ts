import { describe, expect, it } from "vitest";
import { jailRelease } from "./jail-release";

const jailedUntil = "2026-05-01T12:00:10.500Z";
const at = (text: string) => Date.parse(`2026-05-01T${text}Z`);
const of = (chain: string | null, now: string) =>
  jailRelease({ jailedUntil, chainAtMs: chain === null ? null : at(chain), nowMs: at(now) });

describe("the release from jail", () => {
  it("is counted down by the reader's clock", () => {
    expect(of("12:00:00", "12:00:00.900")).toEqual({
      isOver: false,
      sentence: "Jailed. It can be released in 10\u00a0s.",
    });
  });

  it("waits for a block of the chain that is past the end, whatever other clocks say", () => {
    expect(of("12:00:10", "12:00:11")).toEqual({
      isOver: false,
      sentence: "Jailed. It can be released once the chain has made its next block.",
    });
    expect(of("12:00:11", "12:00:11.500").isOver).toBe(true);
  });

  it("goes by the reader's clock where no block is known, and is open where the chain keeps no record", () => {
    expect([of(null, "12:00:10").isOver, of(null, "12:00:11").isOver]).toEqual([false, true]);
    expect(jailRelease({ jailedUntil: null, chainAtMs: at("12:00:00"), nowMs: at("12:00:00") }).isOver).toBe(true);
  });
});
