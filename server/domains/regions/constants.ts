import type { RegionStatus } from "@/db/states/regions";

export {
  REGION_STATUSES,
  type RegionStatus,
  SERVER_PLACEMENTS,
  SERVER_STATUSES,
  type ServerPlacement,
  type ServerStatus,
} from "@/db/states/regions";

/** Machine sizes, smallest first. */
export const MACHINE_TIER_CODES = ["small", "medium", "large", "xlarge"] as const;

/** What a server may be: a size on offer, or one of its own. */
export const MACHINE_TYPES = [...MACHINE_TIER_CODES, "custom"] as const;
/** Nodes of one server where nobody says otherwise. */
export const DEFAULT_SERVER_NODES = 10;

/** Beyond any of these a server is short of something, and its region worn. */
export const DEGRADED_ABOVE_PERCENT = { cpu: 95, memory: 95, disk: 90 } as const;

/** Health is computed from the heartbeats of so long; without any of them it is unknown. */
export const HEALTH_WINDOW_SECONDS = 600;
/** Heartbeats and the health of each minute are kept for so long, that of each hour for a year. */
export const KEEP_MINUTES_DAYS = 7;
export const KEEP_HOURS_DAYS = 366;

/** A region as it is laid down at first start; prices in minor units of `currency` per month. */
export type RegionSeed = {
  readonly code: string;
  readonly displayName: string;
  readonly city: string;
  readonly countryCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly cloudZones: Readonly<Record<string, readonly string[]>>;
  readonly status: RegionStatus;
  readonly maxValidators: number;
  readonly priority: number;
};

/**
 * The four launch regions and the four reserved ones. Cloud names: AWS "Regions and Zones", DigitalOcean "Regional availability", both read
 * 2026-11; coordinates are the cities' own.
 */
export const REGION_SEEDS: readonly RegionSeed[] = [
  {
    code: "us-east",
    displayName: "US East",
    city: "N. Virginia",
    countryCode: "US",
    latitude: 38.95,
    longitude: -77.45,
    cloudZones: { aws: ["us-east-1"], digitalocean: ["nyc3"] },
    status: "active",
    maxValidators: 500,
    priority: 1,
  },
  {
    code: "us-west",
    displayName: "US West",
    city: "Oregon",
    countryCode: "US",
    latitude: 45.84,
    longitude: -119.7,
    cloudZones: { aws: ["us-west-2"], digitalocean: ["sfo3"] },
    status: "active",
    maxValidators: 400,
    priority: 2,
  },
  {
    code: "eu-central",
    displayName: "EU Central",
    city: "Frankfurt",
    countryCode: "DE",
    latitude: 50.11,
    longitude: 8.68,
    cloudZones: { aws: ["eu-central-1"], digitalocean: ["fra1"] },
    status: "active",
    maxValidators: 350,
    priority: 3,
  },
  {
    code: "asia-pacific",
    displayName: "Asia Pacific",
    city: "Singapore",
    countryCode: "SG",
    latitude: 1.35,
    longitude: 103.82,
    cloudZones: { aws: ["ap-southeast-1"], digitalocean: ["sgp1"] },
    status: "active",
    maxValidators: 250,
    priority: 4,
  },
  {
    code: "eu-west",
    displayName: "EU West",
    city: "Dublin",
    countryCode: "IE",
    latitude: 53.35,
    longitude: -6.26,
    cloudZones: { aws: ["eu-west-1"] },
    status: "coming_soon",
    maxValidators: 0,
    priority: 5,
  },
  {
    code: "asia-southeast",
    displayName: "Asia Southeast",
    city: "Jakarta",
    countryCode: "ID",
    latitude: -6.21,
    longitude: 106.85,
    cloudZones: { aws: ["ap-southeast-3"] },
    status: "coming_soon",
    maxValidators: 0,
    priority: 6,
  },
  {
    code: "south-america",
    displayName: "South America",
    city: "São Paulo",
    countryCode: "BR",
    latitude: -23.55,
    longitude: -46.63,
    cloudZones: { aws: ["sa-east-1"] },
    status: "coming_soon",
    maxValidators: 0,
    priority: 7,
  },
  {
    code: "australia",
    displayName: "Australia",
    city: "Sydney",
    countryCode: "AU",
    latitude: -33.87,
    longitude: 151.21,
    cloudZones: { aws: ["ap-southeast-2"], digitalocean: ["syd1"] },
    status: "coming_soon",
    maxValidators: 0,
    priority: 8,
  },
];

/** Sizes and list prices of a node, the same in each launch region; prices in cents of USD per month. */
export const MACHINE_TIER_SEEDS = [
  {
    code: "small",
    cpuCores: 2,
    memoryGb: 4,
    diskGb: 100,
    bandwidthGbps: 1,
    monthlyPriceMinorUnits: 2_999,
    isTestnetOnly: true,
  },
  {
    code: "medium",
    cpuCores: 4,
    memoryGb: 8,
    diskGb: 200,
    bandwidthGbps: 2,
    monthlyPriceMinorUnits: 5_999,
    isTestnetOnly: true,
  },
  {
    code: "large",
    cpuCores: 8,
    memoryGb: 16,
    diskGb: 500,
    bandwidthGbps: 5,
    monthlyPriceMinorUnits: 11_999,
    isTestnetOnly: false,
  },
  {
    code: "xlarge",
    cpuCores: 16,
    memoryGb: 32,
    diskGb: 1_000,
    bandwidthGbps: 10,
    monthlyPriceMinorUnits: 23_999,
    isTestnetOnly: false,
  },
] as const;

export const TIER_CURRENCY = "USD";
