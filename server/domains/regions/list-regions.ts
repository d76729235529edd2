import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { listNewestMinutes } from "./health/repository";
import { healthSince, toHealth } from "./health/to-health";
import { listRegionRows, listTierRows, type RegionRow } from "./repository";
import { ListRegionsInput, Region } from "./schemas";
import { toRegion } from "./to-region";

const isOpen = ({ status, isAcceptingNew }: RegionRow): boolean => status === "active" && isAcceptingNew;

/** All regions with their machine tiers, by priority; anybody may look. */
export const listRegions = defineQuery({
  verb: "regions.list-regions",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: ListRegionsInput,
  output: z.array(Region),
  run: async (ctx, input) => {
    const [rows, tiers] = [await listRegionRows(ctx.db), await listTierRows(ctx.db)];
    const newest = new Map((await listNewestMinutes(ctx.db, healthSince(ctx.now))).map((row) => [row.regionId, row]));
    return rows
      .filter((row) => input.status === undefined || row.status === input.status)
      .filter((row) => input.acceptingNew === undefined || isOpen(row) === input.acceptingNew)
      .map((row) => {
        const minute = newest.get(row.id);
        return toRegion(row, tiers, minute ? toHealth(minute) : null);
      });
  },
});
