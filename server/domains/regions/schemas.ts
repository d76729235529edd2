import { z } from "zod";
import { MACHINE_TIER_CODES, REGION_STATUSES } from "./constants";

export const RegionCode = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, "a region code, e.g. us-east");
export const TierCode = z.enum(MACHINE_TIER_CODES);

/** One machine size on offer; prices in minor units per month. */
export const MachineTier = z
  .object({
    code: TierCode,
    cpuCores: z.number().int(),
    memoryGb: z.number().int(),
    diskGb: z.number().int(),
    bandwidthGbps: z.number().int(),
    monthlyPriceMinorUnits: z.number().int(),
    currency: z.string(),
    isTestnetOnly: z.boolean(),
    isAvailable: z.boolean(),
  })
  .meta({ id: "MachineTier" });
export type MachineTier = z.infer<typeof MachineTier>;

/** One region as customers see it; `slotsFree` is exact at the time of reading. */
export const Region = z
  .object({
    id: z.string(),
    code: RegionCode,
    displayName: z.string(),
    city: z.string(),
    countryCode: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    status: z.enum(REGION_STATUSES),
    isAcceptingNew: z.boolean(),
    maxValidators: z.number().int(),
    activeValidators: z.number().int(),
    slotsFree: z.number().int(),
    tiers: z.array(MachineTier),
  })
  .meta({ id: "Region" });
export type Region = z.infer<typeof Region>;

export const RegionRef = z.strictObject({ regionCode: RegionCode });
export const ListRegionsInput = z.strictObject({ status: z.enum(REGION_STATUSES).optional() });
/** Who holds a slot, as the holder's own domain names its row; this domain asks nothing of the kind. */
export const SlotHolder = z.strictObject({ kind: z.string().min(1).max(40), id: z.string().min(1).max(100) });
export type SlotHolder = z.infer<typeof SlotHolder>;
export const HoldSlotInput = z.strictObject({ regionCode: RegionCode, holder: SlotHolder });
export const ReleaseSlotInput = z.strictObject({ holder: SlotHolder });
export const UpdateRegionInput = z.strictObject({
  regionCode: RegionCode,
  status: z.enum(REGION_STATUSES).optional(),
  isAcceptingNew: z.boolean().optional(),
  maxValidators: z.number().int().min(0).max(100_000).optional(),
});
