/** Samples are ten minutes apart and hours are added to once a minute. */
export const HISTORY_REFETCH_MS = 60_000;
/** The small courses beside figures: a point moves only every ten minutes, and they are on the page whoever looks. */
export const COURSE_REFETCH_MS = 300_000;
