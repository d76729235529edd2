import type { MachineTierRow, RegionRow } from "./repository";
import type { MachineTier, Region, RegionHealthNow } from "./schemas";

/** A tier's row as customers see it. */
export function toTier(row: MachineTierRow): MachineTier {
  return {
    code: row.code,
    cpuCores: row.cpuCores,
    memoryGb: row.memoryGb,
    diskGb: row.diskGb,
    bandwidthGbps: row.bandwidthGbps,
    monthlyPriceMinorUnits: row.monthlyPriceMinorUnits,
    currency: row.currency,
    isTestnetOnly: row.isTestnetOnly,
    isAvailable: row.isAvailable,
  };
}

/** A region's row with its tiers and its health as customers see it. */
export function toRegion(row: RegionRow, tiers: readonly MachineTierRow[], health: RegionHealthNow | null): Region {
  return {
    id: row.id,
    code: row.code,
    displayName: row.displayName,
    city: row.city,
    countryCode: row.countryCode,
    latitude: row.latitude,
    longitude: row.longitude,
    status: row.status,
    isAcceptingNew: row.isAcceptingNew,
    maxValidators: row.maxValidators,
    activeValidators: row.activeValidators,
    slotsFree: row.maxValidators - row.activeValidators,
    capacityPercent: row.maxValidators === 0 ? null : (100 * row.activeValidators) / row.maxValidators,
    tiers: tiers.filter((tier) => tier.regionId === row.id).map(toTier),
    health,
    createdAt: row.createdAt.toISOString(),
  };
}
