import { describe, expect, it } from "vitest";
import { durationWords } from "./duration-words";

describe("a time in words", () => {
  it.each([
    [1_814_400, "21 d"],
    [1_740_000, "20 d 3 h"],
    [3_600, "1 h"],
    [600, "10 min"],
    [65, "1 min 5 s"],
    [59.2, "1 min"],
    [1, "1 s"],
    [0, "0 s"],
    [-5, "0 s"],
  ])("%d s is %s", (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});
