import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { requireUser } from "../people/require-user";
import { Invitation, NoInput } from "../schemas";
import { listOpenInvitations, toWalletsOf } from "./open-invitations";

type OpenInvitation = Awaited<ReturnType<typeof listOpenInvitations>>[number];

/** An invitation as both sides see it. */
const toInvitation = ({ invitation, organizationName }: OpenInvitation): Invitation => ({
  id: invitation.id,
  organizationId: invitation.organizationId,
  organizationName,
  walletAddress: invitation.walletAddress,
  role: invitation.role,
  createdAt: invitation.createdAt.toISOString(),
  expiresAt: invitation.expiresAt.toISOString(),
});

/** Open invitations of the organisation, newest first, at most 100. */
export const listInvitations = defineQuery({
  verb: "identity.list-invitations",
  scope: "identity:admin",
  tenancy: "organization",
  input: NoInput,
  output: z.strictObject({ items: z.array(Invitation) }),
  run: async (ctx): Promise<{ items: Invitation[] }> => {
    const open = await listOpenInvitations(ctx.db, { organizationId: ctx.organizationId }, ctx.now);
    return { items: open.map(toInvitation) };
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
    const which = await toWalletsOf(ctx.db, requireUser(ctx.actor).userId);
    return { items: (await listOpenInvitations(ctx.db, which, ctx.now)).map(toInvitation) };
  },
});
