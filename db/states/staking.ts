/** How far an act is, from its document to the chain's word on it. */
export const ACT_STATUSES = ["prepared", "submitted", "done", "failed", "expired", "withdrawn"] as const;
export type ActStatus = (typeof ACT_STATUSES)[number];

/** Whether rewards are compounded by a grant: going, paused by a person, or over until it is granted anew. */
export const COMPOUND_STATUSES = ["active", "paused", "ended"] as const;
export type CompoundStatus = (typeof COMPOUND_STATUSES)[number];

/** How far one compounding is, from its signed bytes to the chain's word on it. */
export const COMPOUND_RUN_STATUSES = ["sent", "done", "failed", "expired"] as const;
export type CompoundRunStatus = (typeof COMPOUND_RUN_STATUSES)[number];
