import { describe, expect, it } from "vitest";
import { canTransition } from "@/server/kernel/states";
import { ACT_MOVES } from "./states";

describe("an act", () => {
  it.each([
    ["prepared", "submitted", true],
    ["prepared", "withdrawn", true],
    ["prepared", "done", false],
    ["submitted", "withdrawn", false],
    ["submitted", "expired", true],
    ["expired", "done", true],
    ["expired", "failed", true],
    ["expired", "submitted", false],
    ["done", "failed", false],
    ["done", "expired", false],
    ["failed", "done", false],
    ["withdrawn", "submitted", false],
  ] as const)("goes from %s to %s: %s", (from, to, expected) => {
    expect(canTransition(ACT_MOVES, from, to)).toBe(expected);
  });
});
