import type { CommandCtx } from "@/server/kernel/context";
import type { OrganizationRole } from "@/server/kernel/scopes";
import { lastOwner, memberNotFound, ownerRequired } from "./errors";
import { countOwners, findMembership, lockOrganization } from "./repository";

/** Whether the actor is an owner here; jobs and platform commands act as one. */
async function actsAsOwner(ctx: CommandCtx): Promise<boolean> {
  if (ctx.actor.kind === "system") return true;
  if (ctx.actor.kind !== "user" && ctx.actor.kind !== "apiToken") return false;
  const own = await findMembership(ctx.tx, ctx.organizationId, ctx.actor.userId);
  return own?.role === "owner";
}

/** Only owners give the owner role. @throws forbidden auth.owner_required */
export async function assertMayGive(ctx: CommandCtx, role: OrganizationRole): Promise<void> {
  if (role === "owner" && !(await actsAsOwner(ctx))) throw ownerRequired();
}

/**
 * The member's present role, with the organisation locked, after checking that it may be taken from them: an owner's only by an owner, and
 * never the last one's.
 * @throws not_found identity.member_not_found, forbidden auth.owner_required, invalid_state identity.last_owner
 */
export async function roleThatMayChange(ctx: CommandCtx, userId: string): Promise<OrganizationRole> {
  await lockOrganization(ctx.tx, ctx.organizationId);
  const member = await findMembership(ctx.tx, ctx.organizationId, userId);
  if (!member) throw memberNotFound(userId);
  if (member.role === "owner") {
    if (!(await actsAsOwner(ctx))) throw ownerRequired();
    if ((await countOwners(ctx.tx, ctx.organizationId)) === 1) throw lastOwner();
  }
  return member.role;
}
