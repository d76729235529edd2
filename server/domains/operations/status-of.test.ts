import { expect, it } from "vitest";
import type { ComponentDay } from "@/server/kernel/component-days";
import { LOOK_STALE_SECONDS, statusOf } from "./status-of";

const NOW = new Date("2026-03-02T12:00:00Z");
const row = (over: Partial<ComponentDay>): ComponentDay => ({
  component: "relay",
  day: "2026-03-02",
  okLooks: 1,
  degradedLooks: 0,
  downLooks: 0,
  unknownLooks: 0,
  lastStatus: "ok",
  lastReason: null,
  lastAt: NOW,
  ...over,
});

it("shows all days of a part, and one without a look is not a good one", () => {
  const { components } = statusOf([row({ day: "2026-03-01", downLooks: 3 }), row({})], NOW);
  const [relay] = components;
  expect(relay?.days).toHaveLength(90);
  expect(relay?.days.at(-2)).toEqual({ day: "2026-03-01", looks: { ok: 1, degraded: 0, down: 3, unknown: 0 } });
  expect(relay?.days[0]).toEqual({ day: "2025-12-03", looks: null });
});

it.each([
  [LOOK_STALE_SECONDS, "down"],
  [LOOK_STALE_SECONDS + 1, "unknown"],
] as const)("%i s after the last look a part that was down is %s", (ageSeconds, expected) => {
  const lastAt = new Date(NOW.getTime() - ageSeconds * 1_000);
  const [relay] = statusOf([row({ lastStatus: "down", lastReason: "Gone.", lastAt })], NOW).components;
  expect(relay?.status).toBe(expected);
});

it("says nothing of an installation that nobody looked at", () => {
  expect(statusOf([], NOW)).toEqual({ components: [], lookedAt: null });
});
