import { defineCommand } from "@/server/kernel/verbs";
import { UpdateProfileInput } from "../schemas";
import { updateUser } from "./repository";
import { requireUser } from "./require-user";

/** Changes the caller's own display name. */
export const updateProfile = defineCommand({
  verb: "identity.update-profile",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: UpdateProfileInput,
  output: UpdateProfileInput,
  run: async (ctx, input): Promise<{ displayName: string }> => {
    const { userId } = requireUser(ctx.actor);
    await updateUser(ctx.tx, userId, input);
    ctx.audit({ action: "identity.user.renamed", targetType: "user", targetId: userId });
    return input;
  },
});
