/** How far a bulk run is: pausing and cancelling leave the nodes that are being worked on to their end. */
export const BULK_RUN_STATUSES = ["running", "paused", "cancelling", "cancelled", "done"] as const;
export type BulkRunStatus = (typeof BULK_RUN_STATUSES)[number];

/** What became of one node of a bulk run. */
export const BULK_ROW_STATUSES = ["waiting", "under_way", "done", "failed", "refused", "cancelled"] as const;
export type BulkRowStatus = (typeof BULK_ROW_STATUSES)[number];
