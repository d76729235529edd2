/** Whether nodes can be put into a region. */
export const REGION_STATUSES = ["active", "degraded", "maintenance", "offline", "coming_soon"] as const;
export type RegionStatus = (typeof REGION_STATUSES)[number];
