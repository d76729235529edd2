import { describe, expect, it } from "vitest";
import { parseDueTime, parseDuration } from "./duration";

const now = new Date("2026-01-01T00:00:00Z");

describe("parseDuration", () => {
  it.each([
    ["1s", 1_000],
    ["500ms", 500],
    ["1w2d3h4m5s", 788_645_000],
    ["1.5h", 5_400_000],
    ["", undefined],
    ["s", undefined],
    ["10", undefined],
    ["1s ", undefined],
    ["1x", undefined],
    ["-1s", undefined],
  ])("%j is %j ms", (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });
});

describe("parseDueTime", () => {
  it("keeps the span of a relative time, so that a clock set back cannot stretch it", () => {
    expect(parseDueTime("2s", now)).toEqual({ dueAt: new Date("2026-01-01T00:00:02Z"), spanMs: 2_000 });
    expect(parseDueTime("", now)).toEqual({ dueAt: now, spanMs: 0 });
  });
  it("takes an instant as it is", () => {
    expect(parseDueTime("2027-05-01T10:00:00.000Z", now)).toEqual({
      dueAt: new Date("2027-05-01T10:00:00Z"),
      spanMs: null,
    });
  });
  it("refuses anything else", () => {
    expect(parseDueTime("soon", now)).toBeUndefined();
    expect(parseDueTime("2027-99-01T00:00:00Z", now)).toBeUndefined();
  });
});
