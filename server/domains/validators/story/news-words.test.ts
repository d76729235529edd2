import { describe, expect, it } from "vitest";
import { NEWS_KINDS, newsLine } from "./news-words";

const denom = { symbol: "OMNI", exponent: 6 };
const say = (kind: (typeof NEWS_KINDS)[number], details = {}) =>
  newsLine(kind, { heightBlocks: "77", details, denom }).message.replaceAll(/\s/g, " ");

describe("the story's line of the chain's news", () => {
  it.each(NEWS_KINDS)("(%s) names the block that it was seen at, also without details", (kind) => {
    expect(say(kind)).toContain("block 77");
  });

  it("says why and until when of jail, and how much of a slash", () => {
    expect(say("jailed", { cause: "downtime", jailedUntil: "2026-01-01T12:10:00.000Z" })).toMatch(
      /for missing too many blocks.*from 1 Jan 2026, 12:10:00 UTC on/,
    );
    expect(say("slashed", { cause: "downtime", amountBaseUnits: "100000", tokensBeforeBaseUnits: "1000000000" })).toBe(
      "0.1 OMNI of 1000 OMNI staked with the validator was slashed for missing too many blocks; seen at block 77, by the difference of two looks.",
    );
  });

  it("names the block of a slash whose results told it", () => {
    const told = { cause: "downtime", amountBaseUnits: "100000", slashedAtHeightBlocks: "75" };
    expect(say("slashed", told)).toBe(
      "0.1 OMNI staked with the validator was slashed for missing too many blocks in block 75.",
    );
  });

  it("says what came in and what went out", () => {
    expect(say("stake_changed", { changeBaseUnits: "500000", tokensBaseUnits: "1500000" })).toBe(
      "What is staked with the validator grew by 0.5 OMNI to 1.5 OMNI; seen at block 77.",
    );
    expect(say("stake_changed", { changeBaseUnits: "-500000", tokensBaseUnits: "500000" })).toMatch(/fell by 0.5 OMNI/);
  });

  it("says from what to what of an edit", () => {
    const edit = { monikerFrom: "A", monikerTo: "B", commissionFrom: "0.1", commissionTo: "0.11", fields: "website" };
    expect(say("edited", edit)).toBe(
      'The validator was edited: name from "A" to "B"; commission from 10 % to 11 %; website; seen at block 77.',
    );
  });
});
