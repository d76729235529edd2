import { defineCommand } from "@/server/kernel/verbs";
import { releaseAllocation } from "./repository";
import { ReleaseSlotInput } from "./schemas";

/** Gives the holder's slot back; a holder without one, or of another organisation, changes nothing. */
export const releaseSlot = defineCommand({
  verb: "regions.release-slot",
  scope: "validators:write",
  tenancy: "organization",
  input: ReleaseSlotInput,
  run: async (ctx, input) => {
    const regionId = await releaseAllocation(ctx.tx, ctx.organizationId, input.holder, ctx.now);
    ctx.audit({
      action: "regions.slot.released",
      targetType: "region",
      targetId: regionId ?? "none",
      details: { holderKind: input.holder.kind, holderId: input.holder.id, wasHeld: regionId !== undefined },
    });
    return { wasHeld: regionId !== undefined };
  },
});
