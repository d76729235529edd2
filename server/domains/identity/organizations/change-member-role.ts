import { defineCommand } from "@/server/kernel/verbs";
import { ChangeMemberRoleInput } from "../schemas";
import { endInvitationsBeyond } from "./end-invitations";
import { lockRightToGive, roleThatMayChange } from "./owner-rules";
import { updateMembershipRole } from "./repository";

/**
 * Gives a member another role; works with their next request. Invitations of theirs that the new role could not make end.
 * @throws not_found identity.member_not_found, forbidden auth.owner_required, invalid_state identity.last_owner
 */
export const changeMemberRole = defineCommand({
  verb: "identity.change-member-role",
  scope: "identity:admin",
  tenancy: "organization",
  input: ChangeMemberRoleInput,
  output: ChangeMemberRoleInput,
  run: async (ctx, input) => {
    await lockRightToGive(ctx, input.role);
    const before = await roleThatMayChange(ctx, input.userId);
    await updateMembershipRole(ctx.tx, ctx.organizationId, input.userId, input.role);
    const endedInvitationIds = await endInvitationsBeyond(ctx, input.userId, input.role);
    ctx.audit({
      action: "identity.member.role_changed",
      targetType: "user",
      targetId: input.userId,
      details: { from: before, to: input.role, endedInvitationIds },
    });
    return { userId: input.userId, role: input.role };
  },
});
