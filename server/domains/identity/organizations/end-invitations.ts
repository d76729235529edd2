import type { CommandCtx } from "@/server/kernel/context";
import { ORGANIZATION_ROLES, type OrganizationRole } from "@/server/kernel/scopes";
import { mayOffer } from "./owner-rules";
import { deleteInvitationsOf } from "./repository";

/** Ends the person's open invitations that their role of now, null when they are out, could not make; returns the ids for the audit row. */
export async function endInvitationsBeyond(
  ctx: CommandCtx,
  userId: string,
  role: OrganizationRole | null,
): Promise<readonly string[]> {
  const stillGood = ORGANIZATION_ROLES.filter((offered) => mayOffer(role, offered));
  const ended = await deleteInvitationsOf(ctx.tx, ctx.organizationId, userId, stillGood);
  return ended.map((invitation) => invitation.id);
}
