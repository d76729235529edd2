import { defineCommand } from "@/server/kernel/verbs";
import { apiTokenNotFound } from "../errors";
import { RevokeApiTokenInput } from "../schemas";
import { revokeApiTokens } from "./repository";

/** Ends a token of the organisation; the next request with it is refused. @throws not_found identity.api_token_not_found, also when revoked before */
export const revokeApiToken = defineCommand({
  verb: "identity.revoke-api-token",
  scope: "identity:write",
  tenancy: "organization",
  input: RevokeApiTokenInput,
  output: RevokeApiTokenInput,
  run: async (ctx, input): Promise<{ apiTokenId: string }> => {
    const [revoked] = await revokeApiTokens(ctx.tx, ctx.organizationId, input, ctx.now);
    if (!revoked) throw apiTokenNotFound(input.apiTokenId);
    ctx.audit({ action: "identity.api_token.revoked", targetType: "api_token", targetId: revoked.id });
    return { apiTokenId: revoked.id };
  },
});
