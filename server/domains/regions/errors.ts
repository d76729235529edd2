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

/** 404: also for a server of another region. */
export const serverNotFound = (serverId: string) =>
  notFound("regions.server_not_found", "There is no such server in this region.", { details: { serverId } });

/** 409: a machine is one server at a time. */
export const hostnameTaken = (hostname: string) =>
  conflict(
    "regions.hostname_taken",
    `${hostname} is a server here already. Decommission that one first, or use another name.`,
    { details: { hostname } },
  );

/** 409: what is on it would be lost, or nobody knows whether something is. */
export const serverNotEmpty = (serverId: string, nodes: number | null) =>
  conflict(
    "regions.server_not_empty",
    nodes === null
      ? "What is on this server is not known: its agent could not look, or is silent. Bring it back, or say that the machine is gone."
      : `${nodes} ${nodes === 1 ? "node is" : "nodes are"} on this server. Drain it and wait until it is empty.`,
    { details: { serverId, nodes } },
  );

/** 409: nodes may still be put on it. */
export const serverNotDrained = (serverId: string) =>
  conflict("regions.server_not_drained", "This server still takes nodes. Drain it first.", { details: { serverId } });

/** 409: it is gone for good. */
export const serverEnded = (serverId: string) =>
  conflict("regions.server_ended", "This server is decommissioned. Register the machine as a new one.", {
    details: { serverId },
  });
