import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterLogLines, type LogLine, logFileText, splitAtMatches } from "./log-lines";

const line = (id: number, level: LogLine["level"], text: string, source?: string): LogLine => ({
  id,
  at: "2026-01-10T12:00:00.000Z",
  level,
  text,
  source,
});
const lines = [
  line(1, "debug", "dial peer"),
  line(2, "info", "Committed block 12", "posd"),
  line(3, "error", "panic: no space"),
];

describe("filterLogLines", () => {
  it("keeps what is at or above the level", () => {
    expect(filterLogLines(lines, "info", "").map((each) => each.id)).toEqual([2, 3]);
    expect(filterLogLines(lines, "debug", "")).toBe(lines);
  });

  it("finds words in text and source, whatever their case", () => {
    expect(filterLogLines(lines, "debug", "  COMMITTED ").map((each) => each.id)).toEqual([2]);
    expect(filterLogLines(lines, "debug", "posd").map((each) => each.id)).toEqual([2]);
    expect(filterLogLines(lines, "error", "peer")).toEqual([]);
  });
});

it("writes one line of the file for each line of the log, even where a text has breaks", () => {
  const text = logFileText([line(1, "info", "a\nb", "init"), line(2, "warn", "c")]);
  expect(text).toBe("2026-01-10T12:00:00.000Z info  init a\u23ceb\n2026-01-10T12:00:00.000Z warn  - c\n");
  expect(logFileText([])).toBe("");
});

describe("splitAtMatches", () => {
  it("puts the matches at the odd places", () => {
    expect(splitAtMatches("Block block", "block")).toEqual(["", "Block", " ", "block", ""]);
    expect(splitAtMatches("abc", "")).toEqual(["abc"]);
  });

  it("loses no character of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ minLength: 1, maxLength: 3 }), (text, words) => {
        expect(splitAtMatches(text, words).join("")).toBe(text);
      }),
    );
  });
});
