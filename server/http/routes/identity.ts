import { z } from "zod";
import { issueChallenge } from "@/server/auth/issue-challenge";
import { clearedSessionCookie } from "@/server/auth/session-cookie";
import {
  createApiToken,
  describePrincipal,
  listApiTokens,
  refreshSession,
  revokeApiToken,
  signIn,
  signOut,
} from "@/server/domains/identity";
import { ACCESS_TOKEN_TTL_SECONDS } from "@/server/domains/identity/constants";
import {
  ApiToken,
  CreatedApiToken,
  LoginChallenge,
  Me,
  NoInput,
  RevokeApiTokenInput,
  TokenPair,
  WalletAddressText,
  WalletProof,
} from "@/server/domains/identity/schemas";
import { unauthenticated } from "@/server/kernel/errors";
import { pageSchema } from "@/server/kernel/page-schema";
import { customRoute, type RouteDefinition, verbRoute } from "../define-route";

const tag = "Sign-in and tokens";
const textField = (raw: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = raw[name];
  return typeof value === "string" ? value.toLowerCase().slice(0, 120) : undefined;
};

/** Sign-in for API clients, and the organisation's API tokens. */
export const identityRoutes: readonly RouteDefinition[] = [
  customRoute({
    method: "GET",
    path: "/api/v1/auth/challenge/{address}",
    operationId: "getChallenge",
    summary: "A statement to sign with the wallet; good once, for five minutes",
    tag,
    access: "public",
    scope: null,
    rateLimit: "auth",
    limitBy: (raw) => textField(raw, "address"),
    input: z.strictObject({ address: WalletAddressText, chainId: z.string().min(1).max(64).optional() }),
    output: LoginChallenge,
    run: (ctx, input) => issueChallenge(ctx.service, { ...input, publicUrl: ctx.runtime.settings.publicUrl }),
  }),
  customRoute({
    method: "POST",
    path: "/api/v1/auth/token",
    operationId: "createToken",
    summary: "Signs in with a signed statement (ADR-036) and gives tokens",
    tag,
    access: "public",
    scope: null,
    rateLimit: "auth",
    limitBy: (raw) => textField(raw, "walletAddress"),
    input: WalletProof,
    output: TokenPair,
    run: async (ctx, input) => {
      const opened = await signIn(ctx.service, { ...input, kind: "api" });
      if (opened.refreshToken === null) throw new Error("an API session has no refresh token");
      return {
        accessToken: opened.token,
        refreshToken: opened.refreshToken,
        tokenType: "Bearer" as const,
        expiresIn: ACCESS_TOKEN_TTL_SECONDS,
      };
    },
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/auth/token/refresh",
    operationId: "refreshToken",
    summary: "New tokens for a refresh token, which is good once; a second use ends the session",
    tag,
    access: "public",
    rateLimit: "auth",
    verb: refreshSession,
    output: TokenPair,
  }),
  customRoute({
    method: "GET",
    path: "/api/v1/auth/verify",
    operationId: "verifyCredential",
    summary: "Who the credential stands for, with its scopes",
    tag,
    access: "signedIn",
    scope: null,
    input: NoInput,
    output: Me,
    run: async (ctx) => {
      if (ctx.principal === null) throw unauthenticated("auth.session_missing", "Sign in to do this.");
      return describePrincipal(ctx.principal);
    },
  }),
  customRoute({
    method: "DELETE",
    path: "/api/v1/auth/session",
    operationId: "deleteSession",
    summary: "Signs out: the session's tokens stop with the next request",
    tag,
    access: "signedIn",
    scope: null,
    input: NoInput,
    output: null,
    run: async (ctx) => {
      await signOut(ctx.service, {});
      if (ctx.viaCookie) {
        ctx.responseHeaders.append("set-cookie", clearedSessionCookie(ctx.runtime.settings.publicUrl));
      }
      return undefined;
    },
  }),
  verbRoute({
    method: "GET",
    path: "/api/v1/api-tokens",
    operationId: "listApiTokens",
    summary: "The organisation's API tokens, newest first",
    tag,
    verb: listApiTokens,
    output: pageSchema(ApiToken),
  }),
  verbRoute({
    method: "POST",
    path: "/api/v1/api-tokens",
    operationId: "createApiToken",
    summary: "Makes an API token; the token itself is in this answer alone",
    tag,
    status: 201,
    verb: createApiToken,
    output: CreatedApiToken,
  }),
  verbRoute({
    method: "DELETE",
    path: "/api/v1/api-tokens/{apiTokenId}",
    operationId: "revokeApiToken",
    summary: "Revokes an API token; the next request with it is refused",
    tag,
    verb: revokeApiToken,
    output: RevokeApiTokenInput,
  }),
];
