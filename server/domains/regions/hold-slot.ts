import { defineCommand } from "@/server/kernel/verbs";
import { regionsDomain } from "./domain";
import { holderBusy, holderNotFound, regionClosed, regionFull, regionNotFound } from "./errors";
import { findHeldAllocation, findRegion, insertAllocationIfNone, takeSlot } from "./repository";
import { HoldSlotInput } from "./schemas";

/**
 * Takes one slot of the region for the holder; a holder that has one keeps it, so repeating changes nothing.
 * @throws not_found regions.not_found, not_found regions.holder_not_found, conflict region_full, conflict regions.closed,
 * conflict regions.holder_busy
 */
export const holdSlot = defineCommand({
  verb: "regions.hold-slot",
  scope: "validators:write",
  tenancy: "organization",
  input: HoldSlotInput,
  run: async (ctx, input) => {
    const audit = (regionId: string, isNew: boolean) =>
      ctx.audit({
        action: "regions.slot.held",
        targetType: "region",
        targetId: regionId,
        details: { regionCode: input.regionCode, holderKind: input.holder.kind, holderId: input.holder.id, isNew },
      });
    const keep = (held: { organizationId: string; regionId: string }) => {
      if (held.organizationId !== ctx.organizationId) throw holderNotFound(input.holder.id);
      audit(held.regionId, false);
      return { regionId: held.regionId, isNew: false };
    };
    const held = await findHeldAllocation(ctx.tx, input.holder);
    if (held) return keep(held);
    const found = await findRegion(ctx.tx, input.regionCode);
    if (!found) throw regionNotFound(input.regionCode);
    const isInserted = await insertAllocationIfNone(ctx.tx, {
      id: regionsDomain.newId("region"),
      regionId: found.id,
      organizationId: ctx.organizationId,
      holderKind: input.holder.kind,
      holderId: input.holder.id,
      tierCode: input.tierCode ?? null,
      heldAt: ctx.now,
    });
    if (!isInserted) {
      // The same holder asked twice at once; the index made this one wait for the other's end.
      const others = await findHeldAllocation(ctx.tx, input.holder);
      if (!others) throw holderBusy(input.holder.id);
      return keep(others);
    }
    // What follows may refuse: the allocation goes with the transaction.
    const region = await takeSlot(ctx.tx, input.regionCode);
    if (!region) {
      const now = (await findRegion(ctx.tx, input.regionCode)) ?? found;
      if (now.status !== "active" || !now.isAcceptingNew)
        throw regionClosed(now.code, now.isAcceptingNew ? now.status : "closed");
      throw regionFull(now.code);
    }
    audit(region.id, true);
    return { regionId: region.id, isNew: true };
  },
});
