import { conflict, notFound } from "@/server/kernel/errors";

/** 404: no region has this code. */
export const regionNotFound = (regionCode: string) =>
  notFound("regions.not_found", `There is no region ${regionCode}. Choose one of the list.`, {
    details: { regionCode },
  });

/** 404: the holder is another organisation's, which is as good as none. */
export const holderNotFound = (holderId: string) =>
  notFound("regions.holder_not_found", "There is no such holder of a slot.", { details: { holderId } });

/** 409: the holder's slot was given back in the very moment in which it was asked for. */
export const holderBusy = (holderId: string) =>
  conflict("regions.holder_busy", "The slot is just being given back. Try again.", { details: { holderId } });

/** 409: every slot is taken, or was taken by somebody else a moment ago. @bareCode older than the rule, and part of the public API */
export const regionFull = (regionCode: string) =>
  conflict("region_full", `Region ${regionCode} has no free slot. Choose another region.`, { details: { regionCode } });

/** 409: the region takes no new nodes now. */
export const regionClosed = (regionCode: string, status: string) =>
  conflict("regions.closed", `Region ${regionCode} takes no new nodes now (${status}). Choose another region.`, {
    details: { regionCode, status },
  });

/** 409: fewer slots were asked for than are taken. */
export const slotsBelowTaken = (taken: number) =>
  conflict("regions.slots_below_taken", `${taken} slots are taken; the limit cannot be lower.`, { details: { taken } });
