import { describe, expect, it } from "vitest";
import { stepWordsOf } from "./step-words";

const TITLES = { "validators.provision": { sync: "Catch up with the chain", "try-2": "A second way" } };

describe("the words of a step", () => {
  it.each([
    ["sync", "Catch up with the chain (sync)"],
    ["sync-12", "Catch up with the chain (sync-12)"],
    ["sync-pause-12", "Catch up with the chain (sync-pause-12)"],
    ["try-2", "A second way (try-2)"],
    ["try-2-3", "A second way (try-2-3)"],
    ["nobody-declared-it", "nobody-declared-it"],
  ])("stand before its name: %s", (name, words) => {
    expect(stepWordsOf(TITLES, "validators.provision")(name)).toBe(words);
  });

  it("are those of its own function alone", () => {
    expect(stepWordsOf(TITLES, "chain.send-transaction")("sync")).toBe("sync");
  });
});
