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
  primaryKey,
  real,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { REGION_STATUSES, SERVER_PLACEMENTS, SERVER_STATUSES } from "../states/regions";
import { id, instant, timestamps } from "./columns";

export const regionStatus = pgEnum("region_status", REGION_STATUSES);
export const serverStatus = pgEnum("server_status", SERVER_STATUSES);
export const serverPlacement = pgEnum("server_placement", SERVER_PLACEMENTS);

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
    /** Size of the machine that the slot is for; null where nobody said. */
    tierCode: text(),
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

/** One row is one machine that an operator put into a region; its agent says how it is. What was not measured is null. */
export const regionServers = pgTable(
  "region_servers",
  {
    id: id(),
    regionId: text()
      .notNull()
      .references(() => regions.id),
    hostname: text().notNull(),
    ipAddress: text().notNull(),
    internalIp: text(),
    /** Who runs the machine, and what it is called there. */
    provider: text().notNull(),
    providerInstanceId: text(),
    availabilityZone: text(),
    machineType: text().$type<"small" | "medium" | "large" | "xlarge" | "custom">().notNull(),
    cpuCores: integer().notNull(),
    memoryGb: integer().notNull(),
    diskGb: integer().notNull(),
    maxValidators: integer().notNull(),
    tags: jsonb().$type<readonly string[]>().notNull(),
    status: serverStatus().notNull().default("provisioning"),
    placement: serverPlacement().notNull().default("open"),
    /** The agent that reports for it; null before its first report. */
    agentId: text(),
    agentVersion: text(),
    enrolledAt: instant(),
    lastHeartbeatAt: instant(),
    cpuPercent: real(),
    memoryPercent: real(),
    diskPercent: real(),
    loadAverage: real(),
    roundTripMs: integer(),
    uptimeSeconds: integer(),
    /** The nodes of ours that the agent found there; null where it could not look. */
    nodes: jsonb().$type<readonly { readonly name: string; readonly state: string }[]>(),
    placementChangedAt: instant(),
    decommissionedAt: instant(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("region_servers_hostname_uq").on(table.hostname).where(sql`${table.status} <> 'decommissioned'`),
    index("region_servers_region_idx").on(table.regionId, table.createdAt, table.id),
    index("region_servers_silent_idx").on(table.lastHeartbeatAt).where(sql`${table.status} in ('active', 'degraded')`),
  ],
);

/** One row is one heartbeat of a server. */
export const serverSamples = pgTable(
  "server_samples",
  {
    serverId: text()
      .notNull()
      .references(() => regionServers.id, { onDelete: "cascade" }),
    at: instant().notNull(),
    cpuPercent: real(),
    memoryPercent: real(),
    diskPercent: real(),
    loadAverage: real(),
    roundTripMs: integer(),
    nodeCount: integer(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.at] }), index("server_samples_at_idx").on(table.at)],
);

/** One row is how a region stood at a minute, or on average in an hour, computed from its servers' heartbeats. */
export const regionHealth = pgTable(
  "region_health",
  {
    regionId: text()
      .notNull()
      .references(() => regions.id),
    span: text().$type<"minute" | "hour">().notNull(),
    at: instant().notNull(),
    totalServers: integer().notNull(),
    healthyServers: integer().notNull(),
    warningServers: integer().notNull(),
    errorServers: integer().notNull(),
    /** Of the heartbeats that were due, those that came. */
    successPercent: real(),
    latencyMs: real(),
    healthyPercent: real(),
    cpuPercent: real(),
    memoryPercent: real(),
    diskPercent: real(),
    nodeCount: integer(),
    score: real(),
  },
  (table) => [
    primaryKey({ columns: [table.regionId, table.span, table.at] }),
    index("region_health_at_idx").on(table.span, table.at),
  ],
);
