import { defineQuery } from "@/server/kernel/verbs";
import { listInvitationRows } from "./repository";
import { requireUser } from "./require-user";
import { type Invitation, NoInput } from "./schemas";
import { toInvitation } from "./to-invitation";

/** Open invitations of the organisation, newest first, at most 100. */
export const listInvitations = defineQuery({
  verb: "identity.list-invitations",
  scope: "identity:admin",
  tenancy: "organization",
  input: NoInput,
  run: async (ctx): Promise<{ items: Invitation[] }> => {
    const rows = await listInvitationRows(ctx.db, { organizationId: ctx.organizationId }, ctx.now);
    return { items: rows.map(toInvitation) };
  },
});

/** Open invitations to any wallet of the caller, newest first. */
export const listMyInvitations = defineQuery({
  verb: "identity.list-my-invitations",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: NoInput,
  run: async (ctx): Promise<{ items: Invitation[] }> => {
    const rows = await listInvitationRows(ctx.db, { userId: requireUser(ctx.actor).userId }, ctx.now);
    return { items: rows.map(toInvitation) };
  },
});
