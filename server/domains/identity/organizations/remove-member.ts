import type { CommandCtx } from "@/server/kernel/context";
import { defineCommand } from "@/server/kernel/verbs";
import { moveSessions, revokeApiTokens } from "../credentials/repository";
import { requireUser } from "../people/require-user";
import { NoInput, RemoveMemberInput } from "../schemas";
import { endInvitationsBeyond } from "./end-invitations";
import { roleThatMayChange } from "./owner-rules";
import { deleteMembership, listOrganizationsOf } from "./repository";

/** Takes the person out: their tokens and invitations of this organisation end, their sessions move to their own one. */
async function takeOut(ctx: CommandCtx, userId: string, action: string) {
  const role = await roleThatMayChange(ctx, userId);
  await deleteMembership(ctx.tx, ctx.organizationId, userId);
  const revoked = await revokeApiTokens(ctx.tx, ctx.organizationId, { createdByUserId: userId }, ctx.now);
  const endedInvitationIds = await endInvitationsBeyond(ctx, userId, null);
  const [home] = await listOrganizationsOf(ctx.tx, userId);
  if (home) await moveSessions(ctx.tx, userId, ctx.organizationId, home.id);
  ctx.audit({
    action,
    targetType: "user",
    targetId: userId,
    details: { role, revokedApiTokenIds: revoked.map((token) => token.id), endedInvitationIds },
  });
  return { userId };
}

/**
 * Removes a member; works with their next request.
 * @throws not_found identity.member_not_found, forbidden auth.owner_required, invalid_state identity.last_owner
 */
export const removeMember = defineCommand({
  verb: "identity.remove-member",
  scope: "identity:admin",
  tenancy: "organization",
  input: RemoveMemberInput,
  output: RemoveMemberInput,
  run: (ctx, input) => takeOut(ctx, input.userId, "identity.member.removed"),
});

/** Leaves the present organisation. @throws invalid_state identity.last_owner */
export const leaveOrganization = defineCommand({
  verb: "identity.leave-organization",
  scope: "identity:read",
  tenancy: "organization",
  input: NoInput,
  output: RemoveMemberInput,
  run: (ctx) => takeOut(ctx, requireUser(ctx.actor).userId, "identity.member.left"),
});
