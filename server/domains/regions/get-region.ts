import { defineQuery } from "@/server/kernel/verbs";
import { regionNotFound } from "./errors";
import { listNewestMinutes } from "./health/repository";
import { healthSince, toHealth } from "./health/to-health";
import { findRegionByKey, listTierRows } from "./repository";
import { Region, RegionKey } from "./schemas";
import { toRegion } from "./to-region";

/** One region by code or id. @throws not_found regions.not_found */
export const getRegion = defineQuery({
  verb: "regions.get-region",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: RegionKey,
  output: Region,
  run: async (ctx, input) => {
    const row = await findRegionByKey(ctx.db, input.regionCode);
    if (!row) throw regionNotFound(input.regionCode);
    const newest = await listNewestMinutes(ctx.db, healthSince(ctx.now));
    const minute = newest.find(({ regionId }) => regionId === row.id);
    return toRegion(row, await listTierRows(ctx.db), minute ? toHealth(minute) : null);
  },
});
