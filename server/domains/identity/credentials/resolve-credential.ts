import { z } from "zod";
import type { Actor } from "@/server/kernel/context";
import { type Scope, scopesOfRoles } from "@/server/kernel/scopes";
import { boundedText } from "@/server/kernel/text";
import { defineQuery } from "@/server/kernel/verbs";
import { BROWSER_IDLE_TTL_SECONDS, LAST_SEEN_GRAIN_SECONDS } from "../constants";
import { type Organization, OrganizationSlug, type User } from "../schemas";
import { findLiveApiToken, findLiveSession } from "./repository";

/** Who a presented credential stands for, read anew on every request, so that a revocation works with the next one. */
export type Principal = {
  readonly actor: Extract<Actor, { kind: "user" | "apiToken" | "agent" }>;
  readonly organizationId: string | null;
  readonly user: User | null;
  readonly organization: Organization | null;
  readonly walletAddress: string | null;
  readonly expiresAt: string | null;
  /** Whether "last seen" is old enough to be written again. */
  readonly shouldTouch: boolean;
};

const isStale = (at: Date | null, now: Date) =>
  at === null || now.getTime() - at.getTime() > LAST_SEEN_GRAIN_SECONDS * 1000;

/**
 * The principal behind the hash of a session's or access token, in the organisation of that slug or in the session's own; null when the token is
 * unknown, expired, idle too long or revoked. Who is no member there has no organisation: the same as where there is none.
 */
export const resolveSession = defineQuery({
  verb: "identity.resolve-session",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: z.strictObject({ tokenHash: boundedText(128), organizationSlug: OrganizationSlug.nullable().default(null) }),
  run: async (ctx, input): Promise<Principal | null> => {
    const found = await findLiveSession(ctx.db, input.tokenHash, input.organizationSlug, ctx.now);
    if (!found) return null;
    const { session, user, role, organization } = found;
    const idleSeconds = (ctx.now.getTime() - session.lastSeenAt.getTime()) / 1000;
    if (session.kind === "browser" && idleSeconds > BROWSER_IDLE_TTL_SECONDS) return null;
    return {
      actor: {
        kind: "user",
        userId: user.id,
        sessionId: session.id,
        organizationRole: role,
        platformRole: user.platformRole,
      },
      organizationId: role === null || organization === null ? null : organization.id,
      user,
      organization: role === null || organization === null ? null : { ...organization, role },
      walletAddress: session.walletAddress,
      expiresAt: session.tokenExpiresAt.toISOString(),
      shouldTouch: isStale(session.lastSeenAt, ctx.now),
    };
  },
});

/**
 * The principal behind the hash of an API token: its scopes, but never more than its maker's role in the organisation has now; null when it is
 * unknown, expired, revoked, or its maker has left.
 */
export const resolveApiToken = defineQuery({
  verb: "identity.resolve-api-token",
  scope: null,
  because: "sign-in",
  tenancy: "platform",
  input: z.strictObject({ tokenHash: boundedText(128) }),
  run: async (ctx, input): Promise<Principal | null> => {
    const found = await findLiveApiToken(ctx.db, input.tokenHash, ctx.now);
    if (!found || found.role === null) return null;
    const allowed = scopesOfRoles(found.role, "user");
    const { apiToken, organization } = found;
    return {
      actor: {
        kind: "apiToken",
        apiTokenId: apiToken.id,
        userId: apiToken.createdByUserId,
        scopes: (apiToken.scopes as Scope[]).filter((scope) => allowed.has(scope)),
      },
      organizationId: organization.id,
      user: null,
      organization: { ...organization, role: found.role },
      walletAddress: null,
      expiresAt: apiToken.expiresAt?.toISOString() ?? null,
      shouldTouch: isStale(apiToken.lastUsedAt, ctx.now),
    };
  },
});
