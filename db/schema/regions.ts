import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { REGION_STATUSES } from "../states/regions";
import { id, instant, timestamps } from "./columns";

export const regionStatus = pgEnum("region_status", REGION_STATUSES);

/** One row is one place where nodes may be put; counters change only in the transaction of an allocation row. */
export const regions = pgTable(
  "regions",
  {
    id: id(),
    /** e.g. `us-east`; stable, used by the API. */
    code: text().notNull(),
    displayName: text().notNull(),
    city: text().notNull(),
    countryCode: text().notNull(),
    latitude: doublePrecision().notNull(),
    longitude: doublePrecision().notNull(),
    /** The clouds' own names of the place, by cloud, e.g. `{ aws: ["us-east-1"] }`. */
    cloudZones: jsonb().$type<Readonly<Record<string, readonly string[]>>>().notNull(),
    status: regionStatus().notNull(),
    isAcceptingNew: boolean().notNull(),
    /** Slots that exist. */
    maxValidators: integer().notNull(),
    /** Slots taken: equals the count of held allocation rows, always. */
    activeValidators: integer().notNull().default(0),
    priority: integer().notNull(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("regions_code_uq").on(table.code),
    check("regions_slots_ck", sql`${table.activeValidators} between 0 and ${table.maxValidators}`),
  ],
);

/** One row is one machine size on offer in a region, with its price. */
export const machineTiers = pgTable(
  "machine_tiers",
  {
    id: id(),
    regionId: text()
      .notNull()
      .references(() => regions.id),
    /** `small` to `xlarge`. */
    code: text().$type<"small" | "medium" | "large" | "xlarge">().notNull(),
    cpuCores: integer().notNull(),
    memoryGb: integer().notNull(),
    diskGb: integer().notNull(),
    bandwidthGbps: integer().notNull(),
    monthlyPriceMinorUnits: integer().notNull(),
    currency: text().notNull(),
    /** Below the chain's own minimum hardware: never for a mainnet. */
    isTestnetOnly: boolean().notNull(),
    isAvailable: boolean().notNull(),
  },
  (table) => [uniqueIndex("machine_tiers_region_code_uq").on(table.regionId, table.code)],
);

/** One row is one slot of a region held for one holder; released, never deleted. */
export const regionAllocations = pgTable(
  "region_allocations",
  {
    id: id(),
    regionId: text()
      .notNull()
      .references(() => regions.id),
    organizationId: text().notNull(),
    /** Who holds it, as the holder's domain names its own row, e.g. a setup request. */
    holderKind: text().notNull(),
    holderId: text().notNull(),
    heldAt: instant().notNull(),
    releasedAt: instant(),
  },
  (table) => [
    uniqueIndex("region_allocations_held_uq")
      .on(table.holderKind, table.holderId)
      .where(sql`${table.releasedAt} is null`),
    index("region_allocations_region_idx").on(table.regionId, table.releasedAt),
  ],
);
