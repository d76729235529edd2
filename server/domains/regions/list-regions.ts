import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { listRegionRows, listTierRows } from "./repository";
import { ListRegionsInput, Region } from "./schemas";
import { toRegion } from "./to-region";

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
    return rows
      .filter((row) => input.status === undefined || row.status === input.status)
      .map((row) => toRegion(row, tiers));
  },
});
