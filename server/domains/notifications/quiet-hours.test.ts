import { describe, expect, it } from "vitest";
import { quietUntil } from "./quiet-hours";

const night = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };

describe("quiet hours", () => {
  it.each([
    ["none at all", null, "2026-01-10T01:00:00Z", null],
    ["before they begin", night, "2026-01-10T20:59:59Z", null],
    ["as they begin", night, "2026-01-10T21:00:00Z", "2026-01-11T06:00:00.000Z"],
    ["after midnight", night, "2026-01-10T23:30:20Z", "2026-01-11T06:00:00.000Z"],
    ["as they end", night, "2026-01-11T06:00:00Z", null],
    ["in summer", night, "2026-07-10T21:00:00Z", "2026-07-11T05:00:00.000Z"],
    ["over the night in which the clocks go forward", night, "2026-03-28T22:00:00Z", "2026-03-29T05:00:00.000Z"],
    ["over the night in which they go back", night, "2026-10-24T21:00:00Z", "2026-10-25T06:00:00.000Z"],
    [
      "within one day",
      { from: "12:00", to: "13:30", timeZone: "UTC" },
      "2026-01-10T12:15:00Z",
      "2026-01-10T13:30:00.000Z",
    ],
  ] as const)("%s", (_, quiet, now, expected) => {
    expect(quietUntil(quiet, new Date(now))?.toISOString() ?? null).toBe(expected);
  });
});
