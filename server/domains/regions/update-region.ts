import { defineCommand } from "@/server/kernel/verbs";
import { regionNotFound, slotsBelowTaken } from "./errors";
import { findRegion, updateRegionRow } from "./repository";
import { RegionRef, UpdateRegionInput } from "./schemas";

/** Opens, closes or resizes a region. @throws not_found regions.not_found, conflict regions.slots_below_taken */
export const updateRegion = defineCommand({
  verb: "regions.update",
  scope: "platform:write",
  tenancy: "platform",
  input: UpdateRegionInput,
  output: RegionRef,
  run: async (ctx, input) => {
    const before = await findRegion(ctx.tx, input.regionCode);
    if (!before) throw regionNotFound(input.regionCode);
    if (input.maxValidators !== undefined && input.maxValidators < before.activeValidators) {
      throw slotsBelowTaken(before.activeValidators);
    }
    const patch = {
      ...(input.status === undefined ? {} : { status: input.status }),
      ...(input.isAcceptingNew === undefined ? {} : { isAcceptingNew: input.isAcceptingNew }),
      ...(input.maxValidators === undefined ? {} : { maxValidators: input.maxValidators }),
    };
    await updateRegionRow(ctx.tx, input.regionCode, { ...patch, updatedAt: ctx.now });
    ctx.audit({ action: "regions.region.updated", targetType: "region", targetId: before.id, details: patch });
    return { regionCode: input.regionCode };
  },
});
