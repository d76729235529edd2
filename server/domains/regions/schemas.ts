import { z } from "zod";
import { boundedText, flag } from "@/server/kernel/text";
import { MACHINE_TIER_CODES, MACHINE_TYPES, REGION_STATUSES } from "./constants";
import { regionsDomain } from "./domain";

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

const figure = z.number().nullable();

/** How a region's servers were at the newest look, which is at most ten minutes old; null is "not measured". */
export const RegionHealthNow = z
  .object({
    /** 0 to 100, of heartbeats that came, their round trips and the servers that are well; what was not measured counts neither way. */
    score: figure,
    isHealthy: z.boolean().nullable(),
    /** Median round trip between a server's agent and the control plane. */
    latencyMs: figure,
    successPercent: figure,
    errorPercent: figure,
    cpuPercent: figure,
    memoryPercent: figure,
    diskPercent: figure,
    totalServers: z.number().int(),
    healthyServers: z.number().int(),
    warningServers: z.number().int(),
    errorServers: z.number().int(),
    /** Nodes that agents found on the servers. */
    nodeCount: z.number().int().nullable(),
    checkedAt: z.string(),
  })
  .meta({ id: "RegionHealthNow" });
export type RegionHealthNow = z.infer<typeof RegionHealthNow>;

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
    /** Slots held of those that exist; null where there are none. */
    capacityPercent: figure,
    tiers: z.array(MachineTier),
    /** Null while nothing was measured in the last ten minutes: unknown, neither well nor ill. */
    health: RegionHealthNow.nullable(),
    createdAt: z.string(),
  })
  .meta({ id: "Region" });
export type Region = z.infer<typeof Region>;

export const RegionRef = z.strictObject({ regionCode: RegionCode });
/** A region by its code or by its id. */
export const RegionKey = z.strictObject({ regionCode: z.union([RegionCode, regionsDomain.idText("region")]) });
export const ListRegionsInput = z.strictObject({
  status: z.enum(REGION_STATUSES).optional(),
  /** Only those that take new nodes now, or only those that do not. */
  acceptingNew: flag.optional(),
});
/** Who holds a slot, as the holder's own domain names its row; this domain asks nothing of the kind. */
export const SlotHolder = z.strictObject({ kind: z.string().min(1).max(40), id: z.string().min(1).max(100) });
export type SlotHolder = z.infer<typeof SlotHolder>;
export const HoldSlotInput = z.strictObject({
  regionCode: RegionCode,
  holder: SlotHolder,
  /** Size of the machine that the slot is for, as its holder's row has it: one that no release offers any more is counted as well. */
  tierCode: boundedText(20).optional(),
});
export const ReleaseSlotInput = z.strictObject({ holder: SlotHolder });
export const UpdateRegionInput = z.strictObject({
  regionCode: RegionCode,
  status: z.enum(REGION_STATUSES).optional(),
  isAcceptingNew: z.boolean().optional(),
  maxValidators: z.number().int().min(0).max(100_000).optional(),
});

/** What servers bring in together, and how much of it their agents measured in use. */
const resource = z.object({ total: z.number().int(), usedPercent: figure });

/** How full a region is, from the rows of its slots and servers. */
export const RegionCapacity = z
  .object({
    regionCode: RegionCode,
    slots: z.object({
      total: z.number().int(),
      held: z.number().int(),
      free: z.number().int(),
      heldPercent: figure,
      /** By size of the machine; null for slots that were taken before sizes were kept. */
      byTier: z.array(
        z.object({
          tierCode: z.string().nullable(),
          held: z.number().int(),
          monthlyPriceMinorUnits: z.number().int().nullable(),
          currency: z.string().nullable(),
        }),
      ),
    }),
    cpuCores: resource,
    memoryGb: resource,
    diskGb: resource,
    serverPools: z.array(
      z.object({
        machineType: z.enum(MACHINE_TYPES),
        totalMachines: z.number().int(),
        /** Those that would take one more node now. */
        availableMachines: z.number().int(),
        monthlyPriceMinorUnits: z.number().int().nullable(),
        currency: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "RegionCapacity" });
export type RegionCapacity = z.infer<typeof RegionCapacity>;
