/** Whether nodes can be put into a region. */
export const REGION_STATUSES = ["active", "degraded", "maintenance", "offline", "coming_soon"] as const;
export type RegionStatus = (typeof REGION_STATUSES)[number];

/** How a server of a region is: not heard of yet, well, short of something, silent, and gone for good. */
export const SERVER_STATUSES = ["provisioning", "active", "degraded", "offline", "decommissioned"] as const;
export type ServerStatus = (typeof SERVER_STATUSES)[number];

/** Whether a server takes new nodes: it does, it is being emptied, or it is empty and stays so. */
export const SERVER_PLACEMENTS = ["open", "draining", "drained"] as const;
export type ServerPlacement = (typeof SERVER_PLACEMENTS)[number];
