import { describe, expect, it } from "vitest";
import { jailRecord } from "./jail-record";

const AT = new Date("2026-01-01T12:00:00.000Z");
const LATER = new Date(AT.getTime() + 600_000);
const look = { at: AT, heightBlocks: 50n };
const free = {
  jailed: false,
  tombstoned: false,
  jailedUntil: null,
  removedAt: null,
  jailedSince: null,
  jailedHeightBlocks: null,
  jailCause: null,
};
const jailed = { jailed: true, tombstoned: false, jailedUntil: LATER };
const since = { ...free, ...jailed, jailedSince: AT, jailedHeightBlocks: 7n, jailCause: "downtime" } as const;

describe("what is kept of a validator's jail", () => {
  it("begins with the look that first shows it, and stays while it lasts", () => {
    const first = jailRecord(free, jailed, look);
    expect(first).toEqual({ jailedSince: AT, jailedHeightBlocks: 50n, jailCause: "downtime" });
    expect(jailRecord({ ...free, ...jailed, ...first }, jailed, { at: LATER, heightBlocks: 99n })).toEqual(first);
  });

  it("is nothing outside of jail", () => {
    expect(jailRecord(since, { ...jailed, jailed: false }, look)).toEqual({
      jailedSince: null,
      jailedHeightBlocks: null,
      jailCause: null,
    });
  });

  it("knows no beginning of a jail that was there before the first look, and of one that was made anew", () => {
    const unknown = { jailedSince: null, jailedHeightBlocks: null };
    expect(jailRecord(undefined, jailed, look)).toEqual({ ...unknown, jailCause: "downtime" });
    expect(jailRecord(undefined, { ...jailed, jailedUntil: AT }, look)).toEqual({ ...unknown, jailCause: "unknown" });
    expect(jailRecord({ ...since, removedAt: AT }, jailed, look)).toEqual({ ...unknown, jailCause: "downtime" });
  });

  it("turns into a double sign where that comes to light in jail", () => {
    expect(jailRecord(since, { ...jailed, tombstoned: true }, look)).toEqual({
      jailedSince: AT,
      jailedHeightBlocks: 7n,
      jailCause: "double_sign",
    });
  });
});
