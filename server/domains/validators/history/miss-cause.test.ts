import { describe, expect, it } from "vitest";
import { missCause, type Spell } from "./miss-cause";

const at = (seconds: number) => seconds * 1_000;
const spell = (condition: Spell["condition"], from: number, to: number): Spell => ({
  condition,
  beganMs: at(from),
  lastLookMs: at(to),
});
const miss = (from: number, to = from + 1) => ({ fromMs: at(from), toMs: at(to) });

describe("the cause of a miss", () => {
  const spells = [
    spell("in_sync", 100, 200),
    spell("stopped", 210, 300),
    spell("behind", 310, 340),
    spell("in_sync", 350, 400),
    // Nobody looked for ten minutes.
    spell("in_sync", 1_000, 1_100),
    spell("down", 1_110, 1_120),
  ];
  it.each([
    ["is the condition that every look around it found", 150, "in_sync"],
    ["is the stop while the node was stopped", 250, "stopped"],
    ["is, between the last look that was well and the first that was not, what explains it", 205, "stopped"],
    ["is, between a stop and catching up, the stop", 305, "stopped"],
    ["is being behind while it caught up", 320, "behind"],
    ["is being behind until a look found it at the tip", 345, "behind"],
    ["is unknown before the first look", 50, "unknown"],
    ["is unknown where nobody looked for long", 700, "unknown"],
    ["is unknown just after the last look before that", 402, "unknown"],
    ["is the fall of the node", 1_115, "down"],
  ] as const)("%s", (_, second, cause) => {
    expect(missCause(miss(second), spells)).toBe(cause);
  });

  it("reaches over the whole time in which the signature was due", () => {
    expect(missCause(miss(195, 215), spells)).toBe("stopped");
    expect(missCause(miss(95, 101), spells)).toBe("in_sync");
  });

  it("is unknown without a look", () => {
    expect(missCause(miss(10), [])).toBe("unknown");
  });
});
