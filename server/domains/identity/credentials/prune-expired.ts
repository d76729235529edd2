import { defineCommand } from "@/server/kernel/verbs";
import { deleteExpiredInvitations } from "../organizations/repository";
import { NoInput } from "../schemas";
import { deleteExpiredNonces } from "../wallets/repository";
import { deleteEndedSessions } from "./repository";

/** Ended sessions are kept this long for people who ask what happened. */
const KEEP_ENDED_SESSIONS_DAYS = 30;

/** Deletes statements, invitations and sessions that nobody can use any more; meant for a daily job. Returns counts. */
export const pruneExpired = defineCommand({
  verb: "identity.prune-expired",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: NoInput,
  run: async (ctx) => ({
    loginNonces: await deleteExpiredNonces(ctx.tx, ctx.now),
    invitations: await deleteExpiredInvitations(ctx.tx, ctx.now),
    sessions: await deleteEndedSessions(ctx.tx, new Date(ctx.now.getTime() - KEEP_ENDED_SESSIONS_DAYS * 86_400_000)),
  }),
});
