import type { CommandCtx } from "@/server/kernel/context";
import { defineCommand } from "@/server/kernel/verbs";
import { sessionNotFound } from "../errors";
import { requireUser } from "../people/require-user";
import { NoInput, RevokedSessions, RevokeSessionInput } from "../schemas";
import { endSessions, findSessionForUpdate, type SessionRow } from "./repository";

type Which = Parameters<typeof endSessions>[1];

async function end(
  ctx: CommandCtx<string | null>,
  which: Which,
  reason: NonNullable<SessionRow["revokedReason"]>,
): Promise<{ revokedCount: number }> {
  const actor = requireUser(ctx.actor);
  const ended = await endSessions(ctx.tx, which, reason, ctx.now);
  for (const session of ended) {
    ctx.audit({
      action: "identity.session.revoked",
      targetType: "session",
      targetId: session.id,
      organizationId: session.organizationId,
      details: { reason, userId: actor.userId },
    });
  }
  if (ended.length === 0) {
    ctx.audit({
      action: "identity.session.revoke_repeated",
      targetType: "user",
      targetId: actor.userId,
      details: { reason },
    });
  }
  return { revokedCount: ended.length };
}

/** Ends the caller's own session; the next request with its token is anonymous. */
export const signOut = defineCommand({
  verb: "identity.sign-out",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: NoInput,
  output: RevokedSessions,
  run: (ctx) => end(ctx, { sessionId: requireUser(ctx.actor).sessionId }, "signed_out"),
});

/** Ends one of the caller's own sessions. @throws not_found identity.session_not_found */
export const revokeSession = defineCommand({
  verb: "identity.revoke-session",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: RevokeSessionInput,
  output: RevokedSessions,
  run: async (ctx, input) => {
    const actor = requireUser(ctx.actor);
    const session = await findSessionForUpdate(ctx.tx, input.sessionId);
    if (session?.userId !== actor.userId) throw sessionNotFound(input.sessionId);
    return end(ctx, { sessionId: session.id }, "revoked");
  },
});

/** Ends all of the caller's sessions but the one that asks. */
export const revokeOtherSessions = defineCommand({
  verb: "identity.revoke-other-sessions",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: NoInput,
  output: RevokedSessions,
  run: (ctx) => {
    const actor = requireUser(ctx.actor);
    return end(ctx, { userIdExcept: [actor.userId, actor.sessionId] }, "revoked");
  },
});
