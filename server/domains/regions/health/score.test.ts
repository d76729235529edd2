import { describe, expect, it } from "vitest";
import { healthScore, isRegionHealthy, readRegion, type ServerWindow } from "./score";

const now = new Date("2026-01-01T12:00:00Z");
const clock = { now, everySeconds: 30 };
const beat = (change: Partial<ServerWindow["beats"][number]> = {}) => ({
  cpuPercent: 10,
  memoryPercent: 20,
  diskPercent: 30,
  roundTripMs: 40,
  nodeCount: 0,
  ...change,
});
const server = (change: Partial<ServerWindow> = {}): ServerWindow => ({
  status: "active",
  enrolledAt: new Date("2026-01-01T00:00:00Z"),
  beats: Array.from({ length: 20 }, () => beat()),
  ...change,
});

describe("a region's reading", () => {
  it("is nothing without servers, and nothing without one heartbeat of the window", () => {
    expect(readRegion([], clock)).toBeNull();
    expect(readRegion([server({ beats: [], status: "offline" })], clock)).toBeNull();
  });

  it("counts the heartbeats that were due, of each server since it enrolled", () => {
    const half = server({ beats: Array.from({ length: 10 }, () => beat()) });
    expect(readRegion([half], clock)?.successPercent).toBe(50);
    const young = server({ enrolledAt: new Date(now.getTime() - 10_000), beats: [beat()] });
    expect(readRegion([young], clock)?.successPercent).toBe(100);
    // More than were due are no better than all.
    expect(readRegion([server({ beats: Array.from({ length: 40 }, () => beat()) })], clock)?.successPercent).toBe(100);
  });

  it("takes the median of round trips and leaves out what was not measured", () => {
    const odd = server({ beats: [beat({ roundTripMs: 10 }), beat({ roundTripMs: 900 }), beat({ roundTripMs: 30 })] });
    expect(readRegion([odd], clock)?.latencyMs).toBe(30);
    const even = server({ beats: [beat({ roundTripMs: 10 }), beat({ roundTripMs: 30 }), beat({ roundTripMs: null })] });
    expect(readRegion([even], clock)?.latencyMs).toBe(20);
    const silent = server({ beats: [beat({ roundTripMs: null, cpuPercent: null, nodeCount: null })] });
    expect(readRegion([silent], clock)).toMatchObject({ latencyMs: null, cpuPercent: null, nodeCount: null });
  });

  it("weighs servers alike, however often each one speaks", () => {
    const talkative = server({ beats: Array.from({ length: 20 }, () => beat({ cpuPercent: 90 })) });
    const calm = server({ beats: [beat({ cpuPercent: 10 })] });
    expect(readRegion([talkative, calm], clock)?.cpuPercent).toBe(50);
  });

  it("counts well, worn and silent ones apart", () => {
    const read = readRegion(
      [server(), server({ status: "degraded" }), server({ status: "offline", beats: [] }), server()],
      clock,
    );
    expect(read).toMatchObject({ totalServers: 4, healthyServers: 2, warningServers: 1, errorServers: 1 });
    expect(read?.healthyPercent).toBe(50);
  });
});

describe("a score", () => {
  it.each([
    [{ successPercent: 100, latencyMs: 0, healthyPercent: 100 }, 100],
    [{ successPercent: 100, latencyMs: 1_000, healthyPercent: 100 }, 75],
    [{ successPercent: 0, latencyMs: 5_000, healthyPercent: 0 }, 0],
    [{ successPercent: 50, latencyMs: 500, healthyPercent: 50 }, 50],
    [{ successPercent: 80, latencyMs: null, healthyPercent: 100 }, 90],
    [{ successPercent: null, latencyMs: null, healthyPercent: null }, null],
  ])("of %j is %s", (reading, expected) => {
    const score = healthScore(reading);
    if (expected === null) expect(score).toBeNull();
    else expect(score).toBeCloseTo(expected, 9);
  });
});

it.each([
  [{ successPercent: 95, latencyMs: 500, healthyPercent: 90 }, true],
  [{ successPercent: 94, latencyMs: 500, healthyPercent: 90 }, false],
  [{ successPercent: 95, latencyMs: 501, healthyPercent: 90 }, false],
  [{ successPercent: 95, latencyMs: 500, healthyPercent: 89 }, false],
  [{ successPercent: 100, latencyMs: null, healthyPercent: 100 }, null],
  [{ successPercent: 10, latencyMs: null, healthyPercent: 100 }, false],
])("%j is healthy: %s", (reading, expected) => {
  expect(isRegionHealthy(reading)).toBe(expected);
});
