import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { mayOffer } from "./owner-rules";
import { listInvitationRows } from "./repository";
import { requireUser } from "./require-user";
import { Invitation, NoInput } from "./schemas";
import { toInvitation } from "./to-invitation";

type Row = Awaited<ReturnType<typeof listInvitationRows>>[number];

/** Whether the inviter could still make it: one that could not be accepted is shown to nobody. */
const isOpen = (row: Row): boolean => mayOffer(row.inviterRole, row.invitation.role);

/** Open invitations of the organisation, newest first, at most 100. */
export const listInvitations = defineQuery({
  verb: "identity.list-invitations",
  scope: "identity:admin",
  tenancy: "organization",
  input: NoInput,
  output: z.strictObject({ items: z.array(Invitation) }),
  run: async (ctx): Promise<{ items: Invitation[] }> => {
    const rows = await listInvitationRows(ctx.db, { organizationId: ctx.organizationId }, ctx.now);
    return { items: rows.filter(isOpen).map(toInvitation) };
  },
});

/** Open invitations to any wallet of the caller, newest first. */
export const listMyInvitations = defineQuery({
  verb: "identity.list-my-invitations",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: NoInput,
  output: z.strictObject({ items: z.array(Invitation) }),
  run: async (ctx): Promise<{ items: Invitation[] }> => {
    const rows = await listInvitationRows(ctx.db, { userId: requireUser(ctx.actor).userId }, ctx.now);
    return { items: rows.filter(isOpen).map(toInvitation) };
  },
});
