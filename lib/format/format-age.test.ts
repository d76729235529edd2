import { describe, expect, it } from "vitest";
import { formatAge } from "./format-age";

const NOW_MS = Date.UTC(2026, 0, 10);

describe("formatAge", () => {
  it.each([
    [0, "now"],
    [999, "now"],
    [12_900, "12 s ago"],
    [59_999, "59 s ago"],
    [60_000, "1 min ago"],
    [3_600_000, "1 h ago"],
    [47 * 3_600_000, "47 h ago"],
    [48 * 3_600_000, "2 d ago"],
    [-5 * 3_600_000, "in 5 h"],
    [20_000 * 86_400_000, "20 000 d ago"],
  ])("writes an instant %d ms back as %s", (agoMs, expected) => {
    expect(formatAge(NOW_MS - agoMs, NOW_MS).replace(/[\u202f\u00a0]/g, " ")).toBe(expected);
  });
});
