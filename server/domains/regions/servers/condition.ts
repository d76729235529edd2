import { DEGRADED_ABOVE_PERCENT } from "../constants";

type Load = {
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  readonly diskPercent: number | null;
};

/** What a server that reports is: short of something that was measured, or well; what was not measured is no shortage. */
export function conditionOf({ cpuPercent, memoryPercent, diskPercent }: Load): "active" | "degraded" {
  const isShort =
    (cpuPercent ?? 0) > DEGRADED_ABOVE_PERCENT.cpu ||
    (memoryPercent ?? 0) > DEGRADED_ABOVE_PERCENT.memory ||
    (diskPercent ?? 0) > DEGRADED_ABOVE_PERCENT.disk;
  return isShort ? "degraded" : "active";
}
