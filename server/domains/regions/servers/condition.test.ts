import { expect, it } from "vitest";
import { conditionOf } from "./condition";

it.each([
  [95, 95, 90, "active"],
  [95.1, 10, 10, "degraded"],
  [10, 95.1, 10, "degraded"],
  [10, 10, 90.1, "degraded"],
  [null, null, null, "active"],
] as const)("cpu %s, memory %s, disk %s is %s", (cpuPercent, memoryPercent, diskPercent, expected) => {
  expect(conditionOf({ cpuPercent, memoryPercent, diskPercent })).toBe(expected);
});
