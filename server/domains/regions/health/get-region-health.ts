import { defineQuery } from "@/server/kernel/verbs";
import { regionNotFound } from "../errors";
import { findRegionByKey } from "../repository";
import { RegionKey } from "../schemas";
import { listHealthRows, listNewestMinutes } from "./repository";
import { RegionHealthAnswer, RegionHistory, RegionHistoryInput } from "./schemas";
import { healthSince, toHealth } from "./to-health";

const MINUTES_UP_TO_HOURS = 6;

/** How healthy a region is, by its newest look. @throws not_found regions.not_found */
export const getRegionHealth = defineQuery({
  verb: "regions.get-region-health",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: RegionKey,
  output: RegionHealthAnswer,
  run: async (ctx, input) => {
    const region = await findRegionByKey(ctx.db, input.regionCode);
    if (!region) throw regionNotFound(input.regionCode);
    const newest = (await listNewestMinutes(ctx.db, healthSince(ctx.now))).find(
      ({ regionId }) => regionId === region.id,
    );
    const health = newest ? toHealth(newest) : null;
    const isHealthy = health?.isHealthy ?? null;
    const state = isHealthy === null ? ("unknown" as const) : isHealthy ? ("healthy" as const) : ("unhealthy" as const);
    return { regionCode: region.code, state, health };
  },
});

/** How a region stood in the last hours. @throws not_found regions.not_found */
export const getRegionHistory = defineQuery({
  verb: "regions.get-region-history",
  scope: "platform:read",
  tenancy: "platform",
  input: RegionHistoryInput,
  output: RegionHistory,
  run: async (ctx, { regionCode, hours }) => {
    const region = await findRegionByKey(ctx.db, regionCode);
    if (!region) throw regionNotFound(regionCode);
    const span = hours <= MINUTES_UP_TO_HOURS ? ("minute" as const) : ("hour" as const);
    const from = new Date(ctx.now.getTime() - hours * 3_600_000);
    const rows = await listHealthRows(ctx.db, region.id, span, from);
    return {
      fromAt: from.toISOString(),
      toAt: ctx.now.toISOString(),
      stepSeconds: span === "minute" ? 60 : 3_600,
      samples: rows.map((row) => ({
        at: row.at.toISOString(),
        score: row.score,
        latencyMs: row.latencyMs,
        successPercent: row.successPercent,
        cpuPercent: row.cpuPercent,
        memoryPercent: row.memoryPercent,
        diskPercent: row.diskPercent,
      })),
    };
  },
});
