import { z } from "zod";
import { defineEffect } from "@/server/kernel/verbs";
import { TOKEN_KINDS, type TokenMinter } from "@/server/ports/token-minter";

/** A fresh token with its keyed hash; an effect, since the key is outside the database and outside commands. */
export const mintToken = defineEffect<{ readonly tokens: TokenMinter }>()({
  verb: "identity.mint-token",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: z.strictObject({ kind: z.enum(TOKEN_KINDS) }),
  run: async (ctx, input) => ctx.ports.tokens.mint(input.kind),
});
