import { defineCommand } from "@/server/kernel/verbs";
import { SetTourInput } from "../schemas";
import { updateUser } from "./repository";
import { requireUser } from "./require-user";

/** Opens or leaves the first-run tour of the caller, on every device. */
export const setTour = defineCommand({
  verb: "identity.set-tour",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: SetTourInput,
  output: SetTourInput,
  run: async (ctx, input): Promise<{ isOpen: boolean }> => {
    const { userId } = requireUser(ctx.actor);
    await updateUser(ctx.tx, userId, { tourLeftAt: input.isOpen ? null : ctx.now });
    ctx.audit({ action: `identity.tour.${input.isOpen ? "opened" : "left"}`, targetType: "user", targetId: userId });
    return input;
  },
});
