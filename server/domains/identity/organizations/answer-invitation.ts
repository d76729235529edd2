import type { CommandCtx } from "@/server/kernel/context";
import { defineCommand } from "@/server/kernel/verbs";
import { invitationNotFound } from "../errors";
import { requireUser } from "../people/require-user";
import { InvitationInput, Joined } from "../schemas";
import { isAcceptable, toWalletsOf } from "./open-invitations";
import {
  deleteInvitation,
  findMembership,
  insertMembership,
  listInvitationRows,
  lockOrganization,
  type WhichInvitations,
} from "./repository";

/** Takes the open invitation out for its one answer, with the organisation's people locked; of two answers at once, one finds it. */
async function takeInvitation(ctx: CommandCtx<string | null>, which: WhichInvitations, id: string) {
  const [found] = await listInvitationRows(ctx.tx, which, ctx.now, id);
  if (!found) throw invitationNotFound(id);
  await lockOrganization(ctx.tx, found.invitation.organizationId);
  // What was found may have been ended, or renewed with another role, before the lock was had.
  const taken = await deleteInvitation(ctx.tx, id);
  if (!taken) throw invitationNotFound(id);
  return taken;
}

/** Joins the organisation that invited one of the caller's wallets. @throws not_found identity.invitation_not_found */
export const acceptInvitation = defineCommand({
  verb: "identity.accept-invitation",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: InvitationInput,
  output: Joined,
  run: async (ctx, input) => {
    const { userId } = requireUser(ctx.actor);
    const invitation = await takeInvitation(ctx, await toWalletsOf(ctx.tx, userId), input.invitationId);
    const { organizationId, role } = invitation;
    const inviter = await findMembership(ctx.tx, organizationId, invitation.invitedByUserId);
    if (!isAcceptable({ invitation, inviterRole: inviter?.role ?? null })) throw invitationNotFound(invitation.id);
    const existing = await findMembership(ctx.tx, organizationId, userId);
    if (!existing) await insertMembership(ctx.tx, { organizationId, userId, role });
    ctx.audit({
      action: "identity.member.joined",
      targetType: "user",
      targetId: userId,
      organizationId,
      details: { invitationId: invitation.id, role: existing?.role ?? role },
    });
    return { organizationId, role: existing?.role ?? role };
  },
});

/** Turns down an invitation to one of the caller's wallets. @throws not_found identity.invitation_not_found */
export const declineInvitation = defineCommand({
  verb: "identity.decline-invitation",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: InvitationInput,
  output: InvitationInput,
  run: async (ctx, input) => {
    const { userId } = requireUser(ctx.actor);
    const invitation = await takeInvitation(ctx, await toWalletsOf(ctx.tx, userId), input.invitationId);
    ctx.audit({
      action: "identity.invitation.declined",
      targetType: "invitation",
      targetId: invitation.id,
      organizationId: invitation.organizationId,
    });
    return { invitationId: invitation.id };
  },
});

/** Takes back an invitation of the present organisation. @throws not_found identity.invitation_not_found */
export const revokeInvitation = defineCommand({
  verb: "identity.revoke-invitation",
  scope: "identity:admin",
  tenancy: "organization",
  input: InvitationInput,
  output: InvitationInput,
  run: async (ctx, input) => {
    const invitation = await takeInvitation(ctx, { organizationId: ctx.organizationId }, input.invitationId);
    ctx.audit({ action: "identity.invitation.revoked", targetType: "invitation", targetId: invitation.id });
    return { invitationId: invitation.id };
  },
});
