import { SETUP_REQUEST } from "./constants";

/** A setup request as other domains name it: what a transaction is for, and who holds a region's slot. */
export const subjectOf = (setupRequestId: string) => ({ kind: SETUP_REQUEST, id: setupRequestId });
