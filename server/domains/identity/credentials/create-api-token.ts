import type { z } from "zod";
import { type CommandCtx, hasScope } from "@/server/kernel/context";
import { isKnownScope } from "@/server/kernel/scopes";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { MintedToken, TokenMinter } from "@/server/ports/token-minter";
import { MAX_API_TOKENS } from "../constants";
import { identityDomain } from "../domain";
import { organizationNotFound, scopesBeyondOwn, tooManyApiTokens, unknownScope } from "../errors";
import { findMembership, lockOrganization } from "../organizations/repository";
import { requireUser } from "../people/require-user";
import { type ApiToken, CreateApiTokenInput, CreatedApiToken } from "../schemas";
import { countLiveApiTokens, insertApiToken } from "./repository";
import { toApiToken } from "./to-api-token";

type NewApiToken = z.output<typeof CreateApiTokenInput> & Pick<MintedToken, "displayPrefix" | "tokenHash">;

const recordApiToken = defineChange(
  "identity.record-api-token",
  async (ctx: CommandCtx, input: NewApiToken): Promise<ApiToken> => {
    const { userId } = requireUser(ctx.actor);
    const beyond = input.scopes.find((scope) => !hasScope(ctx.actor, scope));
    if (beyond) throw scopesBeyondOwn(beyond);
    await lockOrganization(ctx.tx, ctx.organizationId);
    // Whoever was taken out while this waited for the lock makes no token that could live again.
    if (!(await findMembership(ctx.tx, ctx.organizationId, userId))) throw organizationNotFound(ctx.organizationId);
    const live = await countLiveApiTokens(ctx.tx, ctx.organizationId, ctx.now);
    if (live >= MAX_API_TOKENS) throw tooManyApiTokens(MAX_API_TOKENS);
    const [row] = await insertApiToken(ctx.tx, {
      id: identityDomain.newId("apiToken"),
      organizationId: ctx.organizationId,
      createdByUserId: userId,
      name: input.name,
      displayPrefix: input.displayPrefix,
      tokenHash: input.tokenHash,
      scopes: input.scopes,
      createdAt: ctx.now,
      expiresAt: input.expiresInDays === null ? null : new Date(ctx.now.getTime() + input.expiresInDays * 86_400_000),
    });
    if (!row) throw new Error("an insert returned no row");
    ctx.audit({
      action: "identity.api_token.created",
      targetType: "api_token",
      targetId: row.id,
      details: { name: row.name, scopes: row.scopes, expiresAt: row.expiresAt?.toISOString() ?? null },
    });
    return toApiToken(row);
  },
);

/**
 * Makes an API token of the organisation with scopes that its maker holds. The token is in the answer once; a repeated Idempotency-Key gets the
 * same record without it.
 * @throws invalid identity.unknown_scope, forbidden auth.scope_missing, forbidden auth.user_required, limit_exceeded identity.too_many_api_tokens
 */
export const createApiToken = defineFlow<{ readonly tokens: TokenMinter }>()({
  verb: "identity.create-api-token",
  scope: "identity:write",
  tenancy: "organization",
  input: CreateApiTokenInput,
  output: CreatedApiToken,
  run: async (ctx, input): Promise<{ apiToken: ApiToken; token: string | null }> => {
    const unknown = input.scopes.find((scope) => !isKnownScope(scope));
    if (unknown) throw unknownScope(unknown);
    const minted = ctx.ports.tokens.mint("api");
    const apiToken = await recordApiToken(ctx, {
      ...input,
      displayPrefix: minted.displayPrefix,
      tokenHash: minted.tokenHash,
    });
    // A replayed record belongs to a token made earlier, which this one is not.
    return { apiToken, token: apiToken.displayPrefix === minted.displayPrefix ? minted.token : null };
  },
  kept: (made) => ({ ...made, token: null }),
});
