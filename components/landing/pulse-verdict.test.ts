import { expect, it } from "vitest";
import { pulseVerdict } from "./pulse-verdict";

const NOW_MS = Date.parse("2026-01-10T12:00:00Z");
const newest = (agoMs: number) => [
  { heightBlocks: 7, state: "signed" as const, at: new Date(NOW_MS - agoMs).toISOString() },
];

it.each([
  [1_000, 1_000, "ok"],
  [29_000, 1_000, "ok"],
  [31_000, 1_000, "attention"],
  [59_000, 6_000, "ok"],
  [61_000, 6_000, "attention"],
  [31_000, null, "attention"],
])("judges a newest block of %d ms at %s ms a block as %s", (agoMs, averageBlockMs, state) => {
  expect(pulseVerdict(newest(agoMs), averageBlockMs, NOW_MS).state).toBe(state);
});

it("does not judge what was not read", () => {
  expect(pulseVerdict([], 1_000, NOW_MS).state).toBe("unknown");
  expect(pulseVerdict([{ heightBlocks: 7, state: "unknown" }], 1_000, NOW_MS).state).toBe("unknown");
});
