import { describe, expect, it } from "vitest";
import { type SentenceFacts, validatorSentence } from "./validator-sentence";

const facts: SentenceFacts = {
  node: { status: "synced", operation: null, statusMessage: "In sync with the chain." },
  isJailed: false,
  chainStatus: "bonded",
  isChainUnknown: false,
  missedInGrid: 0,
  gridBlocks: 200,
  missesLeft: 28_497,
  silentForMs: 2_000,
};

describe("the validator's sentence", () => {
  it.each([
    ["all well", {}, "Signing", "ok"],
    ["some missed", { missedInGrid: 3 }, "Missing blocks", "attention"],
    ["many missed", { missedInGrid: 40 }, "Missing blocks", "danger"],
    ["jailed beats all", { isJailed: true, missedInGrid: 0 }, "Jailed", "danger"],
    [
      "node down",
      { node: { ...facts.node, status: "error", operation: null, statusMessage: "x" } },
      "Node down",
      "danger",
    ],
    ["chain silent", { isChainUnknown: true }, "Not known", "unknown"],
    ["no record", { missedInGrid: null }, "Not known", "unknown"],
    ["a set that it has only just joined", { gridBlocks: 0 }, "Not known", "unknown"],
    ["no new block for a minute", { silentForMs: 61_000 }, "Not known", "unknown"],
    ["unbonded", { chainStatus: "unbonded" }, "Not in the set", "attention"],
  ] as const)("%s", (_name, change, word, state) => {
    expect(validatorSentence({ ...facts, ...change } as SentenceFacts)).toMatchObject({ word, state });
  });

  it("says how many misses are left, from the chain", () => {
    expect(validatorSentence({ ...facts, missedInGrid: 3 }).sentence).toContain("3 of the last 200");
    expect(validatorSentence({ ...facts, missedInGrid: 3 }).sentence).toMatch(/28.497 more before jail/);
    expect(validatorSentence({ ...facts, missesLeft: null }).sentence).not.toContain("jail");
  });
});
