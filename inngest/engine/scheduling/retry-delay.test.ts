import { expect, it } from "vitest";
import { redeliveryDelayMs, retryAfterMs, retryDelayMs } from "./retry-delay";

const now = new Date("2026-01-01T00:00:00Z");

it("doubles the wait up to its limit, and adds at most a fifth", () => {
  const policy = { baseMs: 1_000, maxMs: 5_000 };
  expect([0, 1, 2, 3, 200].map((attempt) => retryDelayMs(attempt, policy, 0))).toEqual([
    1_000, 2_000, 4_000, 5_000, 5_000,
  ]);
  expect(retryDelayMs(0, policy, 0.999)).toBeLessThanOrEqual(1_200);
});

it("sends an undelivered call again soon, and never more than ten seconds later", () => {
  expect([0, 1, 4, 100].map(redeliveryDelayMs)).toEqual([500, 1_000, 8_000, 10_000]);
});

it.each([
  ["1", 1_000],
  ["2026-01-01T00:00:30.000Z", 30_000],
  ["Thu, 01 Jan 2026 00:01:00 GMT", 60_000],
  ["2025-01-01T00:00:00.000Z", 0],
  ["", undefined],
  ["later", undefined],
  [undefined, undefined],
])("reads Retry-After %j as %j ms", (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
