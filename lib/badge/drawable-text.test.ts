import { expect, it } from "vitest";
import { drawableText } from "./drawable-text";

it.each([
  ["Lighthouse", "Lighthouse"],
  ["Zażółć", "Zażółć"],
  ["Rocket \u{1f680} Labs", "Rocket  Labs"],
  ["\u707d\u53f0", "omnivaloper1…x"],
  ["\u{1f680}\u{1f680}", "omnivaloper1…x"],
  ["a\u200bb", "a\\u{200b}b"],
  ["", "omnivaloper1…x"],
])("draws %j as %j", (name, expected) => {
  expect(drawableText(name, "omnivaloper1…x")).toBe(expected);
});
