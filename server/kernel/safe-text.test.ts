import { describe, expect, it } from "vitest";
import { AppError } from "./errors";
import { safeText } from "./safe-text";

describe("text that a refusal repeats", () => {
  it.each([
    ["plain words, caf\u00e9, \u65e5\u672c, \u{1f600}", "plain words, caf\u00e9, \u65e5\u672c, \u{1f600}"],
    ["two\nlines\tand a tab", "two\nlines\tand a tab"],
    ["\u001b[31mred\u001b[0m", "\ufffd[31mred\ufffd[0m"],
    ["a\r\nforged line", "a\ufffd\nforged line"],
    ["abc\u202efdp.exe", "abc\ufffdfdp.exe"],
    ["zero\u200bwidth\u0000\ud800", "zero\ufffdwidth\ufffd\ufffd"],
  ])("%j is told as %j", (given, told) => {
    expect(safeText(given, 100)).toBe(told);
  });

  it("is cut where it is longer than anybody reads", () => {
    expect(safeText("x".repeat(1_000_000), 10)).toBe(`${"x".repeat(9)}\u2026`);
    expect(safeText("x".repeat(10), 10)).toBe("x".repeat(10));
  });
});

describe("an error", () => {
  const error = new AppError({
    kind: "invalid",
    code: "x.y",
    message: `no such thing: \u001b[2J${"n".repeat(100_000)}`,
    details: { name: "d".repeat(100_000) },
    fieldErrors: Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [
        `${index}${"f".repeat(1_000)}`,
        Array.from({ length: 100 }, () => "m".repeat(10_000)),
      ]),
    ),
  });

  it("repeats of what it was given a bounded part, however many fields are wrong", () => {
    expect(error.message).not.toContain("\u001b");
    const told = JSON.stringify([error.message, error.details, error.fieldErrors]);
    expect(told.length).toBeLessThan(200_000);
    expect(Object.keys(error.fieldErrors ?? {})).toHaveLength(51);
    expect(error.fieldErrors?._).toEqual(["950 more fields are wrong"]);
  });

  it("leaves alone what is short", () => {
    const short = new AppError({
      kind: "invalid",
      code: "x.y",
      message: "Wrong.",
      fieldErrors: { name: ["too long"] },
    });
    expect([short.message, short.fieldErrors]).toEqual(["Wrong.", { name: ["too long"] }]);
  });
});
