import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { regionNotFound } from "./errors";
import { listNewestMinutes } from "./health/repository";
import { healthSince } from "./health/to-health";
import { countHeldByTier, findRegionByKey, listRegionRows, listTierRows } from "./repository";
import { RegionCapacity, RegionKey } from "./schemas";
import { countServersByType } from "./servers/repository";

type Db = Parameters<typeof listRegionRows>[0];
type RegionRow = Awaited<ReturnType<typeof listRegionRows>>[number];

/** What is read once for however many regions. */
const readOfAll = async (db: Db, now: Date) => ({
  allTiers: await listTierRows(db),
  minutes: await listNewestMinutes(db, healthSince(now)),
});

async function capacityOf(
  db: Db,
  region: RegionRow,
  { allTiers, minutes }: Awaited<ReturnType<typeof readOfAll>>,
): Promise<RegionCapacity> {
  const tiers = allTiers.filter(({ regionId }) => regionId === region.id);
  const held = await countHeldByTier(db, region.id);
  const pools = await countServersByType(db, region.id);
  const used = minutes.find(({ regionId }) => regionId === region.id);
  const priceOf = (code: string | null) => {
    const tier = tiers.find((offered) => offered.code === code);
    return { monthlyPriceMinorUnits: tier?.monthlyPriceMinorUnits ?? null, currency: tier?.currency ?? null };
  };
  const sum = (name: "cpuCores" | "memoryGb" | "diskGb") => pools.reduce((all, pool) => all + pool[name], 0);
  const codes: readonly (string | null)[] = [
    ...tiers.map(({ code }) => code),
    ...held.flatMap(({ tierCode }) => (tiers.some(({ code }) => code === tierCode) ? [] : [tierCode])),
  ];
  const { maxValidators: total, activeValidators } = region;
  return {
    regionCode: region.code,
    slots: {
      total,
      held: activeValidators,
      free: total - activeValidators,
      heldPercent: total === 0 ? null : (100 * activeValidators) / total,
      byTier: codes.map((tierCode) => ({
        tierCode,
        held: held.find((row) => row.tierCode === tierCode)?.held ?? 0,
        ...priceOf(tierCode),
      })),
    },
    cpuCores: { total: sum("cpuCores"), usedPercent: used?.cpuPercent ?? null },
    memoryGb: { total: sum("memoryGb"), usedPercent: used?.memoryPercent ?? null },
    diskGb: { total: sum("diskGb"), usedPercent: used?.diskPercent ?? null },
    serverPools: pools.map((pool) => ({
      machineType: pool.machineType,
      totalMachines: pool.total,
      availableMachines: pool.available,
      ...priceOf(pool.machineType),
    })),
  };
}

/** How full one region is. @throws not_found regions.not_found */
export const getRegionCapacity = defineQuery({
  verb: "regions.get-region-capacity",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: RegionKey,
  output: RegionCapacity,
  run: async (ctx, input) => {
    const region = await findRegionByKey(ctx.db, input.regionCode);
    if (!region) throw regionNotFound(input.regionCode);
    return capacityOf(ctx.db, region, await readOfAll(ctx.db, ctx.now));
  },
});

/** How full every region is, by priority. */
export const listCapacity = defineQuery({
  verb: "regions.list-capacity",
  scope: "platform:read",
  tenancy: "platform",
  input: z.strictObject({}),
  output: z.array(RegionCapacity),
  run: async (ctx) => {
    const ofAll = await readOfAll(ctx.db, ctx.now);
    const all: RegionCapacity[] = [];
    for (const region of await listRegionRows(ctx.db)) all.push(await capacityOf(ctx.db, region, ofAll));
    return all;
  },
});
