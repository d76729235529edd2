import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { ProfileInput } from "@/server/domains/validators/requests/schemas";
import { RateText } from "@/server/domains/validators/schemas";
import { decodeCursor } from "./pagination";
import {
  boundedText,
  bytesText,
  instantDate,
  instantText,
  nameBytesText,
  nameText,
  patternText,
  webUrlText,
  wordsText,
} from "./text";

/** Canonical ordering of these is quadratic: 240 KB of them took the web process five seconds. */
const MARKS = `${"\u0315\u0300".repeat(60_000)}x`;

const msOf = (work: () => unknown): number => {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
};
const messagesOf = (schema: z.ZodType, value: unknown): string[] =>
  schema.safeParse(value).error?.issues.map((issue) => issue.message) ?? [];

describe("a text that is too long", () => {
  it.each([
    ["a name", nameText(80)],
    ["a chain's text", bytesText(280)],
    ["a chain's name", nameBytesText(70)],
    ["words", wordsText(3, 500)],
    ["an address", webUrlText(500)],
    ["a pattern", patternText(/^(a+)+$/, "letters", 30)],
    ["a rate", RateText],
    ["a profile", ProfileInput],
  ])("costs nothing as %s", (_, schema) => {
    const values: unknown[] = [MARKS, `${"a".repeat(240_000)}!`, "9".repeat(240_000)];
    for (const text of values) {
      const value = schema === ProfileInput ? { validatorName: text, description: text } : text;
      expect(msOf(() => expect(schema.safeParse(value).success).toBe(false))).toBeLessThan(100);
    }
  });

  it("is refused for its length alone", () => {
    expect(
      messagesOf(
        boundedText(5).refine(() => false, "never asked"),
        "abcdef",
      ),
    ).toEqual(["at most 5 characters"]);
  });
});

describe("a name", () => {
  const name = nameText(5);
  it("is kept composed and without space around it", () => {
    expect(name.parse(" e\u0301a ")).toBe("\u00e9a");
    expect(name.parse("a\u00a0\u3000b")).toBe("a  b");
    expect(name.parse("e\u0301".repeat(5))).toBe("\u00e9".repeat(5));
  });

  it.each([
    ["   ", "give it a name"],
    ["abcdef", "at most 5 characters"],
    ["a\u0007b", "no control characters or line breaks"],
    ["a\ud800", "no control characters or line breaks"],
    ["a\u2028b", "no control characters or line breaks"],
    ["a\u202eb", "no characters that cannot be seen"],
    ["a\u200bb", "no characters that cannot be seen"],
    ["\u3164", "no characters that cannot be seen"],
    ["\u0301", "give it a name that can be seen"],
  ])("is not %j: %s", (text, message) => {
    expect(messagesOf(name, text)).toEqual([message]);
  });
});

describe("a chain's text", () => {
  it("is counted in bytes after composing", () => {
    expect(bytesText(4).parse("e\u0301e\u0301")).toBe("\u00e9\u00e9");
    expect(messagesOf(bytesText(4), "\u00e9\u00e9\u00e9")).toEqual(["at most 4 bytes"]);
  });
});

describe("an instant", () => {
  it.each(["0001-01-01T00:00:00Z", "2026-02-28T12:00:00.123Z", "9999-12-31T23:59:59.999Z"])("can be %s", (text) => {
    expect(instantText.parse(text)).toBe(text);
    expect(instantDate.parse(text).getTime()).toBe(Date.parse(text));
  });

  it.each([
    "0000-01-01T00:00:00Z",
    "0000-12-31T23:59:59.999Z",
    "2026-02-30T00:00:00Z",
    `2026-01-01T00:00:00.${"0".repeat(40)}Z`,
    "soon",
  ])("cannot be %s", (text) => {
    expect(instantText.safeParse(text).success).toBe(false);
  });

  it("cannot be of a year that no row holds when it comes as a date", () => {
    expect(instantDate.safeParse(new Date("0000-06-01T00:00:00Z")).success).toBe(false);
    expect(instantDate.safeParse(new Date("+010000-01-01T00:00:00Z")).success).toBe(false);
  });

  it("of the year 0000 in a cursor is no place in a list", () => {
    const cursor = Buffer.from(JSON.stringify({ s: "0000-01-01T00:00:00.000Z", i: "usr_x" })).toString("base64url");
    expect(() => decodeCursor(cursor)).toThrow(expect.objectContaining({ code: "kernel.bad_cursor" }));
  });
});
