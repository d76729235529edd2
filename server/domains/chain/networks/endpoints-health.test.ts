import { expect, it } from "vitest";
import { endpointsHealth } from "./endpoints-health";

const NOW = new Date("2026-01-01T00:00:30Z");
const checkedAt = new Date("2026-01-01T00:00:00Z");
const one = (kind: "rpc" | "rest", state: "healthy" | "failing" | "quarantined" | "unknown") => ({
  kind,
  state,
  checkedAt: state === "unknown" ? null : checkedAt,
});

it.each([
  ["ok", [one("rpc", "healthy"), one("rest", "healthy")]],
  ["degraded", [one("rpc", "healthy"), one("rpc", "failing")]],
  ["degraded", [one("rpc", "healthy"), one("rest", "quarantined")]],
  ["down", [one("rpc", "failing"), one("rest", "healthy")]],
] as const)("is %s", (expected, rows) => {
  expect(endpointsHealth("x-1", rows, NOW)).toMatchObject({ name: "endpoints:x-1", status: expected, ageSeconds: 30 });
});

it("says nothing of what nobody looked at", () => {
  expect(endpointsHealth("x-1", [one("rpc", "unknown")], NOW)).toBeNull();
  expect(endpointsHealth("x-1", [], NOW)).toBeNull();
});
