import { describe, expect, it } from "vitest";
import { latestTick, nextTick, parseCron } from "./cron";

const at = (text: string) => new Date(text);

describe("cron", () => {
  it("ticks on the minute in UTC", () => {
    const schedule = parseCron("* * * * *");
    expect(nextTick(schedule, at("2026-03-01T10:00:00Z"))).toEqual(at("2026-03-01T10:01:00Z"));
    expect(latestTick(schedule, at("2026-03-01T10:00:00Z"))).toEqual(at("2026-03-01T10:00:00Z"));
    expect(latestTick(schedule, at("2026-03-01T10:00:59Z"))).toEqual(at("2026-03-01T10:00:00Z"));
  });

  it("follows a time zone through its change to summer time", () => {
    const schedule = parseCron("TZ=Europe/Paris 0 9 * * *");
    expect(nextTick(schedule, at("2026-03-28T00:00:00Z"))).toEqual(at("2026-03-28T08:00:00Z"));
    expect(nextTick(schedule, at("2026-03-29T00:00:00Z"))).toEqual(at("2026-03-29T07:00:00Z"));
  });

  it.each([
    ["* * * *", "exactly five fields"],
    ["*/5 * * * * *", "exactly five fields"],
    ["TZ=Nowhere/City 0 9 * * *", "the time zone Nowhere/City is not known"],
    ["H * * * *", "the random field H is not implemented"],
    ["99 * * * *", "99"],
  ])("refuses %s", (source, message) => {
    expect(() => parseCron(source)).toThrow(message);
  });
});
