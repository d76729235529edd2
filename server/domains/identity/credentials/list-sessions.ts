import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { requireUser } from "../people/require-user";
import { NoInput, Session } from "../schemas";
import { listLiveSessionRows } from "./repository";

/** The caller's own live sessions, last used first, at most 100. */
export const listSessions = defineQuery({
  verb: "identity.list-sessions",
  scope: null,
  because: "own account",
  tenancy: "platform",
  input: NoInput,
  output: z.strictObject({ items: z.array(Session) }),
  run: async (ctx): Promise<{ items: Session[] }> => {
    const actor = requireUser(ctx.actor);
    const rows = await listLiveSessionRows(ctx.db, actor.userId, ctx.now);
    return {
      items: rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        walletAddress: row.walletAddress,
        isCurrent: row.id === actor.sessionId,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        ipAddress: row.ipAddress,
        userAgent: row.userAgent,
      })),
    };
  },
});
