import type { Judgement } from "@/components/state/judgements";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import type { RegionStatus, ServerPlacement, ServerStatus } from "@/server/domains/regions/constants";
import type { Region } from "@/server/domains/regions/schemas";

/** How a region is called by what operators say of it. */
const REGION_JUDGEMENT: Record<Exclude<RegionStatus, "active">, Judgement> = {
  degraded: { state: "attention", word: "Degraded" },
  maintenance: { state: "attention", word: "Maintenance" },
  offline: { state: "danger", word: "Offline" },
  coming_soon: { state: "off", word: "Planned" },
};

export const SERVER_JUDGEMENT: Record<ServerStatus, Judgement> = {
  provisioning: { state: "moving", word: "Not enrolled yet" },
  active: { state: "ok", word: "Active" },
  degraded: { state: "attention", word: "Degraded" },
  offline: { state: "danger", word: "Offline" },
  decommissioned: { state: "off", word: "Decommissioned" },
};

export const PLACEMENT_JUDGEMENT: Record<ServerPlacement, Judgement> = {
  open: { state: "ok", word: "Takes nodes" },
  draining: { state: "moving", word: "Draining" },
  drained: { state: "off", word: "Drained" },
};

/** A region's state for a mark: what operators say of it first, then what its servers measured. */
export function regionJudgement({ status, health }: Pick<Region, "status" | "health">): Judgement {
  if (status !== "active") return REGION_JUDGEMENT[status];
  const isHealthy = health?.isHealthy ?? null;
  if (isHealthy === null) return { state: "unknown", word: "Open, health unknown" };
  return isHealthy ? { state: "ok", word: "Open and healthy" } : { state: "attention", word: "Open, not healthy" };
}

/** Why a region takes no new node; undefined where it takes one. */
export function whyClosed(region: Pick<Region, "slotsFree" | "status" | "isAcceptingNew">): string | undefined {
  if (region.status === "coming_soon") return "Planned; it takes no nodes yet.";
  if (region.status === "maintenance") return "In maintenance. It takes no new nodes now.";
  if (region.status !== "active" || !region.isAcceptingNew) return "Takes no new nodes now.";
  return region.slotsFree <= 0 ? "Full. Choose another region." : undefined;
}

export const percentText = (value: number | null): string | null =>
  value === null ? null : `${Math.round(value)}${UNIT_SPACE}%`;
export const millisecondsText = (value: number | null): string | null =>
  value === null ? null : `${groupDigits(Math.round(value))}${UNIT_SPACE}ms`;

/** What a region's servers measured, in one line; that they measured nothing is said too. */
export function loadWords({ health }: Pick<Region, "health">): string {
  if (health === null) return "Latency and load unknown: no server of it reported in the last ten minutes.";
  const { latencyMs, cpuPercent, memoryPercent } = health;
  return [
    `latency ${millisecondsText(latencyMs) ?? "unknown"}`,
    `CPU ${percentText(cpuPercent) ?? "unknown"}`,
    `memory ${percentText(memoryPercent) ?? "unknown"}`,
  ].join(", ");
}
