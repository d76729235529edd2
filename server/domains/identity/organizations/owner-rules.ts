import type { CommandCtx } from "@/server/kernel/context";
import type { OrganizationRole } from "@/server/kernel/scopes";
import { lastOwner, memberNotFound, ownerRequired, roleTaken } from "../errors";
import { countOwners, findMembership, lockOrganization } from "./repository";

const ADMINS_OFFER: readonly OrganizationRole[] = ["admin", "developer", "viewer"];

/** Whether somebody of that role, null for a stranger, may offer the other one: admins any below owner, owners any. */
export const mayOffer = (giver: OrganizationRole | null, offered: OrganizationRole): boolean =>
  giver === "owner" || (giver === "admin" && ADMINS_OFFER.includes(offered));

/**
 * Locks the organisation's people and gives the role that the acting person, or the maker of the acting token, has at this moment: what was
 * read with the request may be older than a removal that has been answered.
 * @throws forbidden auth.scope_missing when they run nothing here any more
 */
async function lockAdminRole(ctx: CommandCtx): Promise<OrganizationRole> {
  await lockOrganization(ctx.tx, ctx.organizationId);
  if (ctx.actor.kind === "system") return "admin";
  const own =
    ctx.actor.kind === "user" || ctx.actor.kind === "apiToken"
      ? await findMembership(ctx.tx, ctx.organizationId, ctx.actor.userId)
      : undefined;
  if (!own || !mayOffer(own.role, "viewer")) throw roleTaken();
  return own.role;
}

/** Owners are made and unmade by owners who are here themselves: whoever finds a token must not take the organisation with it. */
const actsAsOwner = (ctx: CommandCtx, actingRole: OrganizationRole): boolean =>
  ctx.actor.kind === "user" && actingRole === "owner";

/** Locks the organisation's people. @throws forbidden auth.owner_required, auth.scope_missing unless the actor may give that role now */
export async function lockRightToGive(ctx: CommandCtx, role: OrganizationRole): Promise<void> {
  const actingRole = await lockAdminRole(ctx);
  if (role === "owner" && !actsAsOwner(ctx, actingRole)) throw ownerRequired();
}

/**
 * The member's present role, with the organisation locked, after checking that it may be taken from them: an owner's only by an owner, and
 * never the last one's. Everybody may give up their own.
 * @throws not_found identity.member_not_found, forbidden auth.owner_required, auth.scope_missing, invalid_state identity.last_owner
 */
export async function roleThatMayChange(ctx: CommandCtx, userId: string): Promise<OrganizationRole> {
  const isOwn = ctx.actor.kind === "user" && ctx.actor.userId === userId;
  const actingRole = isOwn ? null : await lockAdminRole(ctx);
  if (isOwn) await lockOrganization(ctx.tx, ctx.organizationId);
  const member = await findMembership(ctx.tx, ctx.organizationId, userId);
  if (!member) throw memberNotFound(userId);
  if (member.role === "owner") {
    if (actingRole !== null && !actsAsOwner(ctx, actingRole)) throw ownerRequired();
    if ((await countOwners(ctx.tx, ctx.organizationId)) === 1) throw lastOwner();
  }
  return member.role;
}
