import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { TokenMinter } from "@/server/ports/token-minter";
import type { WalletVerifier } from "@/server/ports/wallet-verifier";
import { ACCESS_TOKEN_TTL_SECONDS, API_SESSION_TTL_SECONDS, BROWSER_SESSION_TTL_SECONDS } from "../constants";
import { identityDomain } from "../domain";
import { findOrCreateUser } from "../people/find-or-create-user";
import { SignInInput, TokenPair, WalletProof } from "../schemas";
import { type ProvenWallet, proveWallet } from "../wallets/prove-wallet";
import { insertRefreshToken, insertSession } from "./repository";

type NewSession = ProvenWallet & {
  readonly kind: "browser" | "api";
  readonly tokenHash: string;
  readonly tokenTtlSeconds: number;
  readonly sessionTtlSeconds: number;
  readonly refreshTokenHash: string | null;
};

/** Opens a session for a wallet that has been proven. */
const openSession = defineChange(
  "identity.open-session",
  async (ctx: CommandCtx<string | null>, { kind, ...input }: NewSession) => {
    const { userId, organizationId, isNew } = await findOrCreateUser(ctx, input);
    const sessionId = identityDomain.newId("session");
    const after = (seconds: number) => new Date(ctx.now.getTime() + seconds * 1000);
    const expiresAt = after(input.sessionTtlSeconds);
    await insertSession(ctx.tx, {
      id: sessionId,
      userId,
      organizationId,
      walletAddress: input.address,
      kind,
      tokenHash: input.tokenHash,
      tokenExpiresAt: after(input.tokenTtlSeconds),
      expiresAt,
      createdAt: ctx.now,
      lastSeenAt: ctx.now,
      ipAddress: ctx.origin.ipAddress,
      userAgent: ctx.origin.userAgent?.slice(0, 300) ?? null,
    });
    if (input.refreshTokenHash !== null) {
      await insertRefreshToken(ctx.tx, {
        tokenHash: input.refreshTokenHash,
        sessionId,
        createdAt: ctx.now,
        expiresAt,
      });
    }
    ctx.audit({
      action: "identity.session.created",
      targetType: "session",
      targetId: sessionId,
      organizationId,
      details: { userId, kind, walletAddress: input.address },
    });
    return { sessionId, userId, organizationId, isNew, expiresAt: expiresAt.toISOString() };
  },
);

type SignInPorts = { readonly walletVerifier: WalletVerifier; readonly tokens: TokenMinter };

/**
 * Signs in with an answered statement; the first time makes the person and their organisation. The tokens are returned once and kept nowhere:
 * a browser gets one for its cookie, an API client a short access token with a refresh token.
 * @throws unauthenticated auth.sign_in_refused
 */
export const signIn = defineFlow<SignInPorts>()({
  verb: "identity.sign-in",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: SignInInput,
  run: async (ctx, { kind, ...proof }) => {
    const proven = await proveWallet(ctx, proof);
    const isBrowser = kind === "browser";
    const token = ctx.ports.tokens.mint(isBrowser ? "session" : "access");
    const refresh = isBrowser ? null : ctx.ports.tokens.mint("refresh");
    const opened = await openSession(ctx, {
      ...proven,
      kind,
      tokenHash: token.tokenHash,
      tokenTtlSeconds: isBrowser ? BROWSER_SESSION_TTL_SECONDS : ACCESS_TOKEN_TTL_SECONDS,
      sessionTtlSeconds: isBrowser ? BROWSER_SESSION_TTL_SECONDS : API_SESSION_TTL_SECONDS,
      refreshTokenHash: refresh?.tokenHash ?? null,
    });
    return { ...opened, token: token.token, refreshToken: refresh?.token ?? null };
  },
});

/** Signs an API client in: an access token and the refresh token for the next one. @throws unauthenticated auth.sign_in_refused */
export const openTokens = defineFlow<SignInPorts>()({
  verb: "identity.open-tokens",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: WalletProof,
  output: TokenPair,
  run: async (ctx, proof) => {
    const opened = await signIn(ctx, { ...proof, kind: "api" });
    if (opened.refreshToken === null) throw new Error("an API session has no refresh token");
    return {
      accessToken: opened.token,
      refreshToken: opened.refreshToken,
      tokenType: "Bearer" as const,
      expiresIn: ACCESS_TOKEN_TTL_SECONDS,
    };
  },
});
