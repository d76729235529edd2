import { describe, expect, it } from "vitest";
import type { AttentionItem } from "@/server/kernel/attention";
import { attentionSentence } from "./attention-sentence";

const item = (state: AttentionItem["state"]): AttentionItem => ({
  id: state,
  state,
  title: "Aurora",
  sentence: "Jailed.",
  act: "Open",
  href: "/validators/val_1",
  at: "2026-01-01T00:00:00.000Z",
});

describe("the first sentence of the home page", () => {
  it.each([
    ["nothing", [], true, [], "ok", "Nothing needs you"],
    ["work under way", [item("moving")], true, [], "moving", "Nothing needs you"],
    ["one matter", [item("attention")], true, [], "attention", "1 thing needs you"],
    ["the worst of several", [item("attention"), item("danger")], true, [], "danger", "2 things need you"],
    ["a product that is silent", [], true, ["Validators"], "unknown", "Not all is known"],
    ["more than it looks at", [], false, [], "unknown", "Not all is known"],
    ["a matter beside a silent product", [item("attention")], true, ["Account"], "attention", "1 thing needs you"],
  ] as const)("speaks of %s", (_, items, isComplete, silent, state, word) => {
    expect(attentionSentence({ items, isComplete, silent })).toMatchObject({ state, word });
  });

  it("does not call well what is not there", () => {
    const nothing = { items: [], isComplete: true, silent: [], hasAnything: false };
    expect(attentionSentence(nothing)).toMatchObject({ state: "off", sentence: "Nothing runs here yet." });
  });

  it.each([
    ["all in sync", ["ok", "ok"], "ok", "Whatever should run, runs."],
    ["one that starts", ["ok", "moving"], "moving", "1 validator still on the way to being in sync."],
    ["two that nobody could ask", ["unknown", "moving", "unknown"], "unknown", "2 validators cannot be judged now."],
  ] as const)("does not say that all runs unless it does: %s", (_, running, state, sentence) => {
    expect(attentionSentence({ items: [], isComplete: true, silent: [], running })).toMatchObject({ state, sentence });
  });

  it("names who is silent also when something else is known", () => {
    expect(attentionSentence({ items: [item("danger")], isComplete: true, silent: ["Validators"] }).sentence).toContain(
      "Validators could not be read.",
    );
  });
});
