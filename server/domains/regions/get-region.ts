import { defineQuery } from "@/server/kernel/verbs";
import { regionNotFound } from "./errors";
import { findRegion, listTierRows } from "./repository";
import { Region, RegionRef } from "./schemas";
import { toRegion } from "./to-region";

/** One region by code. @throws not_found regions.not_found */
export const getRegion = defineQuery({
  verb: "regions.get-region",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: RegionRef,
  output: Region,
  run: async (ctx, input) => {
    const row = await findRegion(ctx.db, input.regionCode);
    if (!row) throw regionNotFound(input.regionCode);
    return toRegion(row, await listTierRows(ctx.db));
  },
});
