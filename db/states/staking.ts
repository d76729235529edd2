/** How far an act is, from its document to the chain's word on it. */
export const ACT_STATUSES = ["prepared", "submitted", "done", "failed", "expired", "withdrawn"] as const;
export type ActStatus = (typeof ACT_STATUSES)[number];
