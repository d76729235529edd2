import { expect, it } from "vitest";
import { loadWords, regionJudgement, whyClosed } from "./region-words";

const health = {
  score: 90,
  isHealthy: true,
  latencyMs: 41.6,
  successPercent: 100,
  errorPercent: 0,
  cpuPercent: 12.4,
  memoryPercent: null,
  diskPercent: 30,
  totalServers: 1,
  healthyServers: 1,
  warningServers: 0,
  errorServers: 0,
  nodeCount: 0,
  checkedAt: "2026-01-01T00:00:00.000Z",
};

it("a region of which nothing is measured is unknown, and what operators say of it comes first", () => {
  expect(regionJudgement({ status: "active", health: null }).state).toBe("unknown");
  expect(regionJudgement({ status: "active", health: { ...health, isHealthy: null } }).state).toBe("unknown");
  expect(regionJudgement({ status: "active", health }).state).toBe("ok");
  expect(regionJudgement({ status: "active", health: { ...health, isHealthy: false } }).state).toBe("attention");
  expect(regionJudgement({ status: "offline", health }).state).toBe("danger");
});

it("what was not measured is a word, never a zero", () => {
  expect(loadWords({ health: null })).toMatch(/^Latency and load unknown/);
  expect(loadWords({ health }).replaceAll(/[\u00a0\u202f\u2009]/g, " ")).toBe(
    "latency 42 ms, CPU 12 %, memory unknown",
  );
});

it.each([
  [{ status: "active", isAcceptingNew: true, slotsFree: 1 }, undefined],
  [{ status: "active", isAcceptingNew: true, slotsFree: 0 }, /^Full/],
  [{ status: "active", isAcceptingNew: false, slotsFree: 5 }, /no new nodes/],
  [{ status: "maintenance", isAcceptingNew: true, slotsFree: 5 }, /maintenance/],
  [{ status: "coming_soon", isAcceptingNew: false, slotsFree: 0 }, /^Planned/],
] as const)("%j is closed because %s", (region, expected) => {
  if (expected === undefined) expect(whyClosed(region)).toBeUndefined();
  else expect(whyClosed(region)).toMatch(expected);
});
