import "server-only";
import { and, asc, count, desc, eq, gt, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { apiTokens, memberships, organizations, refreshTokens, sessions, users, wallets } from "@/db/schema/identity";
import type { Cursor } from "@/server/kernel/pagination";
import { organizationFacts } from "../organizations/repository";

export type SessionRow = typeof sessions.$inferSelect;
export type ApiTokenRow = typeof apiTokens.$inferSelect;

export const insertSession = (tx: Transaction, row: typeof sessions.$inferInsert) => tx.insert(sessions).values(row);

/**
 * The live session behind a token with its person and their present role in the organisation of that slug, or in the session's own.
 * `organization` is null when no organisation has the slug. Every request asks it, so it joins what other areas own in one statement.
 */
export async function findLiveSession(db: Executor, tokenHash: string, organizationSlug: string | null, now: Date) {
  const [row] = await db
    .select({
      session: sessions,
      user: {
        id: users.id,
        displayName: users.displayName,
        platformRole: users.platformRole,
        isTourOpen: sql<boolean>`${users.tourLeftAt} is null`,
      },
      role: memberships.role,
      organization: organizationFacts,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    // A session is worth what its wallet is: with the wallet gone from this person, so is the session.
    .innerJoin(wallets, and(eq(wallets.address, sessions.walletAddress), eq(wallets.userId, sessions.userId)))
    .leftJoin(
      organizations,
      organizationSlug === null
        ? eq(organizations.id, sessions.organizationId)
        : eq(organizations.slug, organizationSlug),
    )
    .leftJoin(
      memberships,
      and(eq(memberships.userId, sessions.userId), eq(memberships.organizationId, organizations.id)),
    )
    .where(
      and(
        eq(sessions.tokenHash, tokenHash),
        isNull(sessions.revokedAt),
        gt(sessions.tokenExpiresAt, now),
        gt(sessions.expiresAt, now),
      ),
    );
  return row;
}

export async function findSessionForUpdate(tx: Transaction, sessionId: string) {
  const [row] = await tx.select().from(sessions).where(eq(sessions.id, sessionId)).for("update");
  return row;
}

export const updateSession = (tx: Transaction, sessionId: string, patch: Partial<typeof sessions.$inferInsert>) =>
  tx.update(sessions).set(patch).where(eq(sessions.id, sessionId));

export const listLiveSessionRows = (db: Executor, userId: string, now: Date) =>
  db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(100);

type WhichSessions =
  | { sessionId: string }
  | { userIdExcept: readonly [userId: string, sessionId: string] }
  | { userId: string; walletAddress: string };

function whichSessions(which: WhichSessions) {
  if ("sessionId" in which) return eq(sessions.id, which.sessionId);
  if ("walletAddress" in which) {
    return and(eq(sessions.userId, which.userId), eq(sessions.walletAddress, which.walletAddress));
  }
  return and(eq(sessions.userId, which.userIdExcept[0]), ne(sessions.id, which.userIdExcept[1]));
}

/** Ends live sessions that match; returns their ids and organisations. */
export const endSessions = (
  tx: Transaction,
  which: WhichSessions,
  reason: NonNullable<SessionRow["revokedReason"]>,
  now: Date,
) =>
  tx
    .update(sessions)
    .set({ revokedAt: now, revokedReason: reason })
    .where(and(isNull(sessions.revokedAt), whichSessions(which)))
    .returning({ id: sessions.id, organizationId: sessions.organizationId });

/** Moves a person's sessions out of an organisation that they left. */
export const moveSessions = (tx: Transaction, userId: string, fromOrganizationId: string, toOrganizationId: string) =>
  tx
    .update(sessions)
    .set({ organizationId: toOrganizationId })
    .where(and(eq(sessions.userId, userId), eq(sessions.organizationId, fromOrganizationId)));

/** Deletes sessions that ended before that instant, with their refresh tokens; says how many. */
export async function deleteEndedSessions(tx: Transaction, endedBefore: Date): Promise<number> {
  const gone = await tx
    .delete(sessions)
    .where(or(lt(sessions.expiresAt, endedBefore), lt(sessions.revokedAt, endedBefore)))
    .returning({ id: sessions.id });
  return gone.length;
}

export const insertRefreshToken = (tx: Transaction, row: typeof refreshTokens.$inferInsert) =>
  tx.insert(refreshTokens).values(row);

export async function findRefreshTokenForUpdate(tx: Transaction, tokenHash: string) {
  const [row] = await tx.select().from(refreshTokens).where(eq(refreshTokens.tokenHash, tokenHash)).for("update");
  return row;
}

export const markRefreshTokenUsed = (tx: Transaction, tokenHash: string, now: Date) =>
  tx.update(refreshTokens).set({ usedAt: now }).where(eq(refreshTokens.tokenHash, tokenHash));

export const insertApiToken = (tx: Transaction, row: typeof apiTokens.$inferInsert) =>
  tx.insert(apiTokens).values(row).returning();

export async function countLiveApiTokens(db: Executor, organizationId: string, now: Date): Promise<number> {
  const [row] = await db
    .select({ live: count() })
    .from(apiTokens)
    .where(and(eq(apiTokens.organizationId, organizationId), isNull(apiTokens.revokedAt), notExpired(now)));
  return row?.live ?? 0;
}

const notExpired = (now: Date) => or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now));

export const listApiTokenRows = (db: Executor, organizationId: string, cursor: Cursor | undefined, limit: number) =>
  db
    .select()
    .from(apiTokens)
    .where(
      and(
        eq(apiTokens.organizationId, organizationId),
        cursor
          ? sql`(${apiTokens.createdAt}, ${apiTokens.id}) < (${cursor.sort}::timestamptz, ${cursor.id})`
          : undefined,
      ),
    )
    .orderBy(desc(apiTokens.createdAt), desc(apiTokens.id))
    .limit(limit);

/** Live tokens of the organisation that end before `until`, the next to end first. */
export const listExpiringApiTokenRows = (
  db: Executor,
  organizationId: string,
  when: { readonly now: Date; readonly until: Date },
  limit: number,
) =>
  db
    .select()
    .from(apiTokens)
    .where(
      and(
        eq(apiTokens.organizationId, organizationId),
        isNull(apiTokens.revokedAt),
        gt(apiTokens.expiresAt, when.now),
        lt(apiTokens.expiresAt, when.until),
      ),
    )
    .orderBy(asc(apiTokens.expiresAt))
    .limit(limit);

/** The live token behind a hash with its maker's present role there, null when the maker has left; one statement, as for a session. */
export async function findLiveApiToken(db: Executor, tokenHash: string, now: Date) {
  const [row] = await db
    .select({
      apiToken: apiTokens,
      role: memberships.role,
      organization: organizationFacts,
    })
    .from(apiTokens)
    .innerJoin(organizations, eq(organizations.id, apiTokens.organizationId))
    .leftJoin(
      memberships,
      and(eq(memberships.userId, apiTokens.createdByUserId), eq(memberships.organizationId, apiTokens.organizationId)),
    )
    .where(and(eq(apiTokens.tokenHash, tokenHash), isNull(apiTokens.revokedAt), notExpired(now)));
  return row;
}

/** Revokes matching live tokens of the organisation; returns their ids. */
export const revokeApiTokens = (
  tx: Transaction,
  organizationId: string,
  which: { apiTokenId: string } | { createdByUserId: string },
  now: Date,
) =>
  tx
    .update(apiTokens)
    .set({ revokedAt: now })
    .where(
      and(
        eq(apiTokens.organizationId, organizationId),
        isNull(apiTokens.revokedAt),
        "apiTokenId" in which
          ? eq(apiTokens.id, which.apiTokenId)
          : eq(apiTokens.createdByUserId, which.createdByUserId),
      ),
    )
    .returning({ id: apiTokens.id });

export const markApiTokenUsed = (tx: Transaction, apiTokenId: string, ipAddress: string | null, now: Date) =>
  tx.update(apiTokens).set({ lastUsedAt: now, lastUsedIpAddress: ipAddress }).where(eq(apiTokens.id, apiTokenId));
