import type { CommandCtx } from "@/server/kernel/context";
import { defineChange, defineFlow } from "@/server/kernel/verbs";
import type { TokenMinter } from "@/server/ports/token-minter";
import { ACCESS_TOKEN_TTL_SECONDS } from "../constants";
import { refreshRefused } from "../errors";
import { RefreshInput, TokenPair } from "../schemas";
import {
  endSessions,
  findRefreshTokenForUpdate,
  findSessionForUpdate,
  insertRefreshToken,
  markRefreshTokenUsed,
  updateSession,
} from "./repository";

type Rotation = {
  readonly presentedHash: string;
  readonly accessTokenHash: string;
  readonly refreshTokenHash: string;
};

/** Swaps one refresh token for the next. Says `reused` instead of throwing, because ending the session must be committed. */
const rotateSession = defineChange(
  "identity.rotate-session",
  async (ctx: CommandCtx<string | null>, input: Rotation): Promise<"rotated" | "reused"> => {
    const presented = await findRefreshTokenForUpdate(ctx.tx, input.presentedHash);
    if (!presented) throw refreshRefused();
    const session = await findSessionForUpdate(ctx.tx, presented.sessionId);
    if (!session) throw refreshRefused();
    const audit = (action: string) =>
      ctx.audit({
        action,
        targetType: "session",
        targetId: session.id,
        organizationId: session.organizationId,
        details: { userId: session.userId },
      });
    if (presented.usedAt !== null) {
      await endSessions(ctx.tx, { sessionId: session.id }, "refresh_reused", ctx.now);
      audit("identity.session.refresh_reused");
      return "reused";
    }
    if (session.revokedAt !== null || presented.expiresAt <= ctx.now || session.expiresAt <= ctx.now) {
      throw refreshRefused();
    }
    await markRefreshTokenUsed(ctx.tx, presented.tokenHash, ctx.now);
    await insertRefreshToken(ctx.tx, {
      tokenHash: input.refreshTokenHash,
      sessionId: session.id,
      createdAt: ctx.now,
      expiresAt: session.expiresAt,
    });
    await updateSession(ctx.tx, session.id, {
      tokenHash: input.accessTokenHash,
      tokenExpiresAt: new Date(ctx.now.getTime() + ACCESS_TOKEN_TTL_SECONDS * 1000),
      lastSeenAt: ctx.now,
    });
    audit("identity.session.refreshed");
    return "rotated";
  },
);

/**
 * New tokens for a refresh token, which is good once. A second use means that somebody else holds it, and ends the whole session
 * (RFC 9700, 4.14.2).
 * @throws unauthenticated auth.refresh_refused
 */
export const refreshSession = defineFlow<{ readonly tokens: TokenMinter }>()({
  verb: "identity.refresh-session",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: RefreshInput,
  output: TokenPair,
  run: async (ctx, input) => {
    const presented = ctx.ports.tokens.read(input.refreshToken);
    if (presented?.kind !== "refresh") throw refreshRefused();
    const access = ctx.ports.tokens.mint("access");
    const refresh = ctx.ports.tokens.mint("refresh");
    const outcome = await rotateSession(ctx, {
      presentedHash: presented.tokenHash,
      accessTokenHash: access.tokenHash,
      refreshTokenHash: refresh.tokenHash,
    });
    if (outcome !== "rotated") throw refreshRefused();
    return {
      accessToken: access.token,
      refreshToken: refresh.token,
      tokenType: "Bearer" as const,
      expiresIn: ACCESS_TOKEN_TTL_SECONDS,
    };
  },
});
