import { defineCommand } from "@/server/kernel/verbs";
import { assertMayGive, roleThatMayChange } from "./owner-rules";
import { updateMembershipRole } from "./repository";
import { ChangeMemberRoleInput } from "./schemas";

/**
 * Gives a member another role; works with their next request.
 * @throws not_found identity.member_not_found, forbidden auth.owner_required, invalid_state identity.last_owner
 */
export const changeMemberRole = defineCommand({
  verb: "identity.change-member-role",
  scope: "identity:admin",
  tenancy: "organization",
  input: ChangeMemberRoleInput,
  run: async (ctx, input) => {
    const before = await roleThatMayChange(ctx, input.userId);
    await assertMayGive(ctx, input.role);
    await updateMembershipRole(ctx.tx, ctx.organizationId, input.userId, input.role);
    ctx.audit({
      action: "identity.member.role_changed",
      targetType: "user",
      targetId: input.userId,
      details: { from: before, to: input.role },
    });
    return { userId: input.userId, role: input.role };
  },
});
