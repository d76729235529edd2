import { describe, expect, it } from "vitest";
import { componentWords, statusDayKind, statusDayWords, statusSentence, upShare } from "./status-days";

const day = (looks: { ok?: number; degraded?: number; down?: number; unknown?: number } | null) => ({
  day: "2026-01-02",
  looks: looks && { ok: 0, degraded: 0, down: 0, unknown: 0, ...looks },
});

describe("a day", () => {
  it.each([
    ["unknown", null],
    ["unknown", { unknown: 5 }],
    ["up", { ok: 1440 }],
    ["up", { ok: 1400, unknown: 40 }],
    ["blinked", { ok: 1439, down: 1 }],
    ["degraded", { ok: 1400, degraded: 40 }],
    ["down", { ok: 1400, down: 40 }],
  ] as const)("is %s", (expected, looks) => {
    expect(statusDayKind(day(looks))).toBe(expected);
  });

  it("is told in words, and one that was not recorded is not up", () => {
    expect(statusDayWords(day(null))).toBe("2026-01-02: not recorded");
    expect(statusDayWords(day({ ok: 3 }))).toBe("2026-01-02: up in all 3 looks");
    expect(statusDayWords(day({ ok: 8, down: 1, unknown: 1 }))).toBe(
      "2026-01-02: 1 look found it down, 1 look found nothing out, of 10 looks",
    );
  });
});

it("counts what is known alone", () => {
  expect(upShare([day(null), day({ unknown: 9 })])).toBeNull();
  expect(upShare([day({ ok: 2, degraded: 1, down: 1, unknown: 96 })])).toEqual({ up: 3, of: 4 });
});

describe("the sentence", () => {
  const part = (name: string, status: "ok" | "degraded" | "down" | "unknown") => ({
    name,
    status,
    reason: null,
    at: "2026-01-02T00:00:00Z",
    days: [],
  });
  it("says the worst first, and of nothing that it is up", () => {
    expect(statusSentence([]).word).toBe("Not known");
    expect(statusSentence([part("relay", "ok")]).word).toBe("Up");
    expect(statusSentence([part("relay", "degraded"), part("database", "down"), part("x", "unknown")])).toMatchObject({
      word: "Down",
      rest: "Database. Every part stands below with its days.",
    });
  });
});

it("calls parts by their names", () => {
  expect(componentWords("chain:omniphi-1").name).toBe("Blocks of omniphi-1");
  expect(componentWords("new-part").name).toBe("new-part");
});
