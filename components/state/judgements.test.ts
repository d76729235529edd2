import { describe, expect, it } from "vitest";
import { STANDINGS } from "@/server/domains/validators/constants";
import type { ValidatorStanding } from "@/server/domains/validators/schemas";
import { nodeNote, STANDING_JUDGEMENT, standingJudgement, standingText } from "./judgements";
import { standingSentence } from "./standing-sentence";

const NOW = Date.parse("2026-01-01T12:00:00.000Z");
const at = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();
const standing = (over: Partial<ValidatorStanding> = {}): ValidatorStanding => ({
  state: "signing",
  since: null,
  nodeState: "synced",
  jail: null,
  unbondsAt: null,
  blocks: { asked: 200, missed: 0, missedInRow: 0 },
  misses: { left: 28_500, allowed: 28_500, windowBlocks: 30_000 },
  tokensBaseUnits: "1000000",
  lastKnown: null,
  ...over,
});
const say = (over: Partial<ValidatorStanding>) => standingSentence(standing(over), NOW).replaceAll(/\s/g, " ");

describe("the word and colour of a standing", () => {
  it("is one word a state, and no two states share it", () => {
    expect(new Set(STANDINGS.map((state) => STANDING_JUDGEMENT[state].word)).size).toBe(STANDINGS.length);
  });

  it("is never green outside of signing, whatever the node does", () => {
    for (const state of STANDINGS) {
      const { state: colour } = standingJudgement(standing({ state, nodeState: "synced" }));
      expect(colour === "ok").toBe(state === "signing");
    }
    for (const nodeState of ["down", "stopped", "removed", "none"] as const) {
      expect(standingJudgement(standing({ nodeState })).state).toBe("attention");
    }
  });

  it("is that no block was read of one that was just made, and not that it is unknown", () => {
    expect(standingJudgement(standing({ state: "unknown" }))).toEqual({ state: "unknown", word: "No block yet" });
    const lastKnown = { state: "signing", at: at(-60) } as const;
    expect(standingJudgement(standing({ state: "unknown", lastKnown })).word).toBe("Not known");
  });

  it("is worse where misses cost soon", () => {
    const blocks = { asked: 200, missed: 2, missedInRow: 2 };
    expect(standingJudgement(standing({ state: "missing", blocks })).state).toBe("attention");
    expect(standingJudgement(standing({ state: "missing", blocks: { ...blocks, missed: 21 } })).state).toBe("danger");
    const misses = { left: 20, allowed: 114, windowBlocks: 120 };
    expect(standingJudgement(standing({ state: "missing", blocks, misses })).state).toBe("danger");
  });

  it("has a word on the node beside it, once the chain speaks", () => {
    expect(nodeNote(standing())).toBeNull();
    expect(nodeNote(standing({ state: "pending", nodeState: "none" }))).toBeNull();
    expect(standingText(standing({ state: "jailed", nodeState: "stopped" }))).toBe("Jailed, node stopped");
  });
});

describe("the sentence of a standing", () => {
  it("counts misses of now, and says of one that signs again what it missed", () => {
    expect(say({})).toBe("No block missed of the last 200. 28 500 more before jail.");
    const misses = { left: 28_497, allowed: 28_500, windowBlocks: 30_000 };
    expect(say({ blocks: { asked: 200, missed: 3, missedInRow: 0 }, misses })).toBe(
      "3 of the last 200 blocks missed; 28 497 more before jail.",
    );
    expect(
      say({ state: "missing", blocks: { asked: 200, missed: 5, missedInRow: 3 }, misses, nodeState: "stopped" }),
    ).toBe(
      "It missed the newest 3 blocks. 5 of the last 200 blocks missed; 28 497 more before jail. Its node is stopped.",
    );
    expect(say({ misses: null })).not.toContain("jail");
  });

  it("says of jail its cause, its end and the way out", () => {
    const jail = { until: at(90), cause: "downtime", mayUnjail: false } as const;
    expect(say({ state: "jailed", jail })).toBe(
      "Shut out for missing too many blocks: it signs nothing and earns nothing. The chain lets it out in 1 min 30 s at the earliest, by an unjail of its owner.",
    );
    expect(say({ state: "jailed", jail: { ...jail, until: at(-1), mayUnjail: true }, nodeState: "stopped" })).toMatch(
      /lets it out now, by an unjail of its owner\. Its node is stopped\.$/,
    );
    expect(say({ state: "jailed", jail: { until: null, cause: "unknown", mayUnjail: true } })).toContain("not seen");
  });

  it("says how old the last word is while nothing is known", () => {
    expect(say({ state: "unknown", lastKnown: { state: "jailed", at: at(-300) } })).toBe(
      "Nothing new was read of the chain for 5 min. Last known: jailed.",
    );
    expect(say({ state: "unknown" })).toContain("no block yet");
  });

  it.each(["tombstoned", "gone", "unbonded", "unbonding"] as const)(
    "is there for %s, and says what it means",
    (state) => {
      expect(say({ state, unbondsAt: at(3_600) })).toMatch(
        /never sign again|no more|outside the active set|free in 1 h/,
      );
    },
  );
});
