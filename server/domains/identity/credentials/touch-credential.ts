import { defineCommand } from "@/server/kernel/verbs";
import { NoInput } from "../schemas";
import { markApiTokenUsed, updateSession } from "./repository";

/** Notes that the caller's own session or token was used; called at most once a minute for each. */
export const touchCredential = defineCommand({
  verb: "identity.touch-credential",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  telemetry: true,
  input: NoInput,
  run: async (ctx) => {
    if (ctx.actor.kind === "user") {
      await updateSession(ctx.tx, ctx.actor.sessionId, { lastSeenAt: ctx.now, ipAddress: ctx.origin.ipAddress });
    } else if (ctx.actor.kind === "apiToken") {
      await markApiTokenUsed(ctx.tx, ctx.actor.apiTokenId, ctx.origin.ipAddress, ctx.now);
    }
    return {};
  },
});
