import { observe } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { regionNotFound, slotsBelowTaken } from "./errors";
import { regionMachine } from "./machine";
import { lockRegion } from "./repository";
import { RegionRef, UpdateRegionInput } from "./schemas";

/**
 * Opens, closes or resizes a region. @throws not_found regions.not_found, conflict regions.slots_below_taken,
 * invalid_state regions.invalid_transition
 */
export const updateRegion = defineCommand({
  verb: "regions.update-region",
  scope: "platform:write",
  tenancy: "platform",
  input: UpdateRegionInput,
  output: RegionRef,
  run: async (ctx, input) => {
    const before = await lockRegion(ctx.tx, input.regionCode);
    if (!before) throw regionNotFound(input.regionCode);
    if (input.maxValidators !== undefined && input.maxValidators < before.activeValidators) {
      throw slotsBelowTaken(before.activeValidators);
    }
    const patch = {
      ...(input.isAcceptingNew === undefined ? {} : { isAcceptingNew: input.isAcceptingNew }),
      ...(input.maxValidators === undefined ? {} : { maxValidators: input.maxValidators }),
    };
    const values = { ...patch, updatedAt: ctx.now };
    await observe(ctx, regionMachine, before, input.status ?? before.status, { patch: values });
    const details = { ...patch, ...(input.status === undefined ? {} : { status: input.status }) };
    ctx.audit({ action: "regions.region.updated", targetType: "region", targetId: before.id, details });
    return { regionCode: input.regionCode };
  },
});
