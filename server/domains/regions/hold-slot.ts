import { newId } from "@/server/kernel/ids";
import { defineCommand } from "@/server/kernel/verbs";
import { holderNotFound, regionClosed, regionFull, regionNotFound } from "./errors";
import { findHeldAllocation, findRegion, insertAllocation, takeSlot } from "./repository";
import { HoldSlotInput } from "./schemas";

/**
 * Takes one slot of the region for the holder; a holder that has one keeps it, so repeating changes nothing.
 * @throws not_found regions.not_found, not_found regions.holder_not_found, conflict region_full, conflict regions.closed
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
        details: { ...input, isNew },
      });
    const held = await findHeldAllocation(ctx.tx, input.holderId);
    if (held && held.organizationId !== ctx.organizationId) throw holderNotFound(input.holderId);
    if (held) {
      audit(held.regionId, false);
      return { regionId: held.regionId, isNew: false };
    }
    const region = await takeSlot(ctx.tx, input.regionCode);
    if (!region) {
      const found = await findRegion(ctx.tx, input.regionCode);
      if (!found) throw regionNotFound(input.regionCode);
      if (found.status !== "active" || !found.isAcceptingNew)
        throw regionClosed(found.code, found.isAcceptingNew ? found.status : "closed");
      throw regionFull(found.code);
    }
    await insertAllocation(ctx.tx, {
      id: newId("region"),
      regionId: region.id,
      organizationId: ctx.organizationId,
      holderId: input.holderId,
      heldAt: ctx.now,
    });
    audit(region.id, true);
    return { regionId: region.id, isNew: true };
  },
});
