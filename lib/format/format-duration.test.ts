import { describe, expect, it } from "vitest";
import { formatDuration } from "./format-duration";

describe("formatDuration", () => {
  it.each([
    [-5, "0 s"],
    [Number.NaN, "0 s"],
    [0.2, "1 ms"],
    [850, "850 ms"],
    [1_000, "1 s"],
    [4_240, "4.2 s"],
    [9_960, "10 s"],
    [59_400, "59 s"],
    [59_900, "1 min"],
    [80_000, "1 min 20 s"],
    [3_599_900, "1 h"],
    [3 * 3_600_000 + 5 * 60_000, "3 h 5 min"],
    [86_399_999, "1 d"],
    [12 * 86_400_000 + 4 * 3_600_000, "12 d 4 h"],
  ])("writes %d ms as %s", (durationMs, expected) => {
    expect(formatDuration(durationMs).replace(/[\u202f\u00a0]/g, " ")).toBe(expected);
  });
});
