import { type AttentionItem, AttentionList, byUrgency } from "@/server/kernel/attention";
import { hasScope } from "@/server/kernel/context";
import { defineQuery } from "@/server/kernel/verbs";
import { listExpiringApiTokenRows } from "../credentials/repository";
import { requireUser } from "../people/require-user";
import { NoInput } from "../schemas";
import { listOpenInvitations, toWalletsOf } from "./open-invitations";

const EXPIRES_WITHIN_DAYS = 7;
const MAX_TOKENS = 50;

/** Invitations that wait for the caller, and tokens of the organisation that end soon, for those who can make new ones. */
export const listAttention = defineQuery({
  verb: "identity.list-attention",
  scope: "identity:read",
  tenancy: "organization",
  input: NoInput,
  output: AttentionList,
  run: async (ctx): Promise<AttentionList> => {
    const { userId } = requireUser(ctx.actor);
    const invitations = await listOpenInvitations(ctx.db, await toWalletsOf(ctx.db, userId), ctx.now);
    const invited = invitations.map(
      ({ invitation, organizationName }): AttentionItem => ({
        id: invitation.id,
        state: "attention",
        title: organizationName,
        sentence: `You are invited as ${invitation.role}.`,
        act: "Answer",
        href: "/members",
        at: invitation.createdAt.toISOString(),
      }),
    );
    const until = new Date(ctx.now.getTime() + EXPIRES_WITHIN_DAYS * 24 * 3_600_000);
    const tokens = hasScope(ctx.actor, "identity:admin")
      ? await listExpiringApiTokenRows(ctx.db, ctx.organizationId, { now: ctx.now, until }, MAX_TOKENS)
      : [];
    const expiring = tokens.map(
      ({ id, name, expiresAt, createdAt }): AttentionItem => ({
        id,
        state: "attention",
        title: name,
        sentence: `This API token ends on ${expiresAt?.toISOString().slice(0, 10)}; what uses it is refused from then on.`,
        act: "Make a new one",
        href: "/api-tokens",
        at: createdAt.toISOString(),
      }),
    );
    return { items: [...invited, ...expiring].sort(byUrgency), isComplete: tokens.length < MAX_TOKENS };
  },
});
