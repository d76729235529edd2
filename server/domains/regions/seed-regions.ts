import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { MACHINE_TIER_SEEDS, REGION_SEEDS, TIER_CURRENCY } from "./constants";
import { regionsDomain } from "./domain";
import { findRegion, insertRegionIfMissing, insertTierIfMissing } from "./repository";

/** Lays down the regions and tiers that are not there; what an operator changed stays changed. */
export const seedRegions = defineCommand({
  verb: "regions.seed-regions",
  scope: "platform:admin",
  tenancy: "platform",
  input: z.strictObject({}),
  run: async (ctx) => {
    let made = 0;
    for (const seed of REGION_SEEDS) {
      const isNew = await insertRegionIfMissing(ctx.tx, {
        id: regionsDomain.newId("region"),
        ...seed,
        isAcceptingNew: seed.status === "active",
      });
      if (!isNew) continue;
      made += 1;
      const region = await findRegion(ctx.tx, seed.code);
      if (!region || seed.status !== "active") continue;
      for (const tier of MACHINE_TIER_SEEDS) {
        await insertTierIfMissing(ctx.tx, {
          id: regionsDomain.newId("region"),
          regionId: region.id,
          ...tier,
          currency: TIER_CURRENCY,
          isAvailable: true,
        });
      }
    }
    ctx.audit({ action: "regions.catalogue.seeded", targetType: "region", targetId: "all", details: { made } });
    return { made };
  },
});
