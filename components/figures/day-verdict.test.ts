import { describe, expect, it } from "vitest";
import { calendarSentence, dayKind, dayWords } from "./day-verdict";

const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, " ");
const day = (signed: number, missed: number) => ({ day: "2026-01-09", counts: { recorded: 30_000, signed, missed } });
const unread = { day: "2026-01-08", counts: null };

describe("a day of the calendar", () => {
  it.each([
    [day(100, 0), "whole", "2026-01-09: 100 % of 100 blocks signed, none missed"],
    [day(29_999, 1), "missed", "2026-01-09: 99.99 % of 30 000 blocks signed, 1 missed"],
    [day(99, 1), "bad", "2026-01-09: 99 % of 100 blocks signed, 1 missed"],
    [day(0, 0), "outside", "2026-01-09: not in the set"],
    [unread, "unknown", "2026-01-08: not recorded"],
  ] as const)("is told by its counts", (given, kind, words) => {
    expect(dayKind(given)).toBe(kind);
    expect(plain(dayWords(given))).toBe(words);
  });
});

describe("all days", () => {
  it("count only what was recorded, and are never rounded up to perfect", () => {
    expect(plain(calendarSentence([unread, day(999_999, 1)]))).toBe(
      "99.99 % of 1 000 000 recorded blocks signed, 1 missed. 1 of 2 days were not recorded.",
    );
    expect(calendarSentence([unread])).toBe(
      "It was asked for no block that was recorded. 1 of 1 days were not recorded.",
    );
  });
});
