import "server-only";
import { and, asc, count, desc, eq, gt, inArray, isNull, lt, ne, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import {
  apiTokens,
  invitations,
  loginNonces,
  memberships,
  organizations,
  refreshTokens,
  sessions,
  testWallets,
  users,
  wallets,
} from "@/db/schema/identity";
import type { Cursor } from "@/server/kernel/pagination";
import type { OrganizationRole, PlatformRole } from "@/server/kernel/scopes";

export type SessionRow = typeof sessions.$inferSelect;
export type WalletRow = typeof wallets.$inferSelect;
export type ApiTokenRow = typeof apiTokens.$inferSelect;
export type InvitationRow = typeof invitations.$inferSelect;

/** Rows behind the cursor in newest-first order of `(at, id)`. */
const olderThan = (at: SQL | typeof apiTokens.createdAt, id: typeof apiTokens.id, cursor: Cursor | undefined) =>
  cursor ? sql`(${at}, ${id}) < (${cursor.sort}::timestamptz, ${cursor.id})` : undefined;

export const insertLoginNonce = (tx: Transaction, row: typeof loginNonces.$inferInsert) =>
  tx.insert(loginNonces).values(row);

/** Takes the statement out, in one statement: of two at once, one gets it. */
export async function takeLoginNonce(tx: Transaction, nonce: string) {
  const [row] = await tx.delete(loginNonces).where(eq(loginNonces.nonce, nonce)).returning();
  return row;
}

/** Orders all who sign in with, link or invite one address; held until the transaction ends. */
export const lockAddress = (tx: Transaction, address: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`identity.wallet:${address}`}, 0))`);

/** Orders all changes of one organisation's people. */
export const lockOrganization = (tx: Transaction, organizationId: string) =>
  tx.execute(sql`select 1 from ${organizations} where ${organizations.id} = ${organizationId} for update`);

export async function findWalletByAddress(db: Executor, address: string) {
  const [row] = await db.select().from(wallets).where(eq(wallets.address, address));
  return row;
}

export const insertWallet = (tx: Transaction, row: typeof wallets.$inferInsert) => tx.insert(wallets).values(row);

export const markWalletUsed = (tx: Transaction, walletId: string, now: Date) =>
  tx.update(wallets).set({ lastUsedAt: now }).where(eq(wallets.id, walletId));

export const markTestWallet = (tx: Transaction, address: string, now: Date) =>
  tx.insert(testWallets).values({ address, markedAt: now }).onConflictDoNothing();

/** Which of these addresses are marked as test wallets. */
export async function listTestAddresses(db: Executor, addresses: readonly string[]): Promise<ReadonlySet<string>> {
  if (addresses.length === 0) return new Set();
  const rows = await db
    .select({ address: testWallets.address })
    .from(testWallets)
    .where(inArray(testWallets.address, [...addresses]));
  return new Set(rows.map((row) => row.address));
}

export const listWalletRows = (db: Executor, userId: string) =>
  db.select().from(wallets).where(eq(wallets.userId, userId)).orderBy(asc(wallets.createdAt), asc(wallets.id));

export async function deleteWallet(tx: Transaction, walletId: string) {
  await tx.delete(wallets).where(eq(wallets.id, walletId));
}

export const lockUser = (tx: Transaction, userId: string) =>
  tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");

export const insertUser = (tx: Transaction, row: typeof users.$inferInsert) => tx.insert(users).values(row);

export async function findUser(db: Executor, userId: string) {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  return row;
}

export const updateUser = (tx: Transaction, userId: string, patch: Partial<typeof users.$inferInsert>) =>
  tx.update(users).set(patch).where(eq(users.id, userId));

/** Makes the organisation unless its slug is taken; says whether it was made. */
export async function insertOrganization(tx: Transaction, row: typeof organizations.$inferInsert): Promise<boolean> {
  const made = await tx
    .insert(organizations)
    .values(row)
    .onConflictDoNothing({ target: organizations.slug })
    .returning({ id: organizations.id });
  return made.length > 0;
}

export const updateOrganizationName = (tx: Transaction, organizationId: string, name: string) =>
  tx.update(organizations).set({ name }).where(eq(organizations.id, organizationId));

export const insertMembership = (
  tx: Transaction,
  row: { organizationId: string; userId: string; role: OrganizationRole },
) => tx.insert(memberships).values(row);

export async function findMembership(db: Executor, organizationId: string, userId: string) {
  const [row] = await db
    .select()
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId)));
  return row;
}

const membershipIs = (organizationId: string, userId: string) =>
  and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId));

export const updateMembershipRole = (tx: Transaction, organizationId: string, userId: string, role: OrganizationRole) =>
  tx.update(memberships).set({ role }).where(membershipIs(organizationId, userId));

export const deleteMembership = (tx: Transaction, organizationId: string, userId: string) =>
  tx.delete(memberships).where(membershipIs(organizationId, userId));

export async function countOwners(db: Executor, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ owners: count() })
    .from(memberships)
    .where(and(eq(memberships.organizationId, organizationId), eq(memberships.role, "owner")));
  return row?.owners ?? 0;
}

/** The person's organisations with their role, personal one first. */
export const listOrganizationsOf = (db: Executor, userId: string) =>
  db
    .select({
      id: organizations.id,
      name: organizations.name,
      slug: organizations.slug,
      kind: organizations.kind,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(organizations.kind), asc(organizations.createdAt), asc(organizations.id));

/** Members in the order of joining, each with all wallet addresses. */
export const listMemberRows = (db: Executor, organizationId: string, cursor: Cursor | undefined, limit: number) =>
  db
    .select({
      userId: memberships.userId,
      displayName: users.displayName,
      role: memberships.role,
      joinedAt: memberships.createdAt,
      walletAddresses: sql<
        string[]
      >`coalesce((select array_agg(${wallets.address} order by ${wallets.createdAt}) from ${wallets} where ${wallets.userId} = ${memberships.userId}), '{}')`,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        cursor
          ? sql`(${memberships.createdAt}, ${memberships.userId}) > (${cursor.sort}::timestamptz, ${cursor.id})`
          : undefined,
      ),
    )
    .orderBy(asc(memberships.createdAt), asc(memberships.userId))
    .limit(limit);

const organizationFacts = {
  id: organizations.id,
  name: organizations.name,
  slug: organizations.slug,
  kind: organizations.kind,
};

export const insertSession = (tx: Transaction, row: typeof sessions.$inferInsert) => tx.insert(sessions).values(row);

/**
 * The live session behind a token with its person and their present role in the organisation of that slug, or in the session's own; what is
 * asked on every request, so one statement. `organization` is null when no organisation has the slug.
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
    .where(and(eq(apiTokens.organizationId, organizationId), olderThan(apiTokens.createdAt, apiTokens.id, cursor)))
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

/** The live token behind a hash with its maker's present role there; null role: the maker has left. */
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

export async function upsertInvitation(tx: Transaction, row: typeof invitations.$inferInsert) {
  const [kept] = await tx
    .insert(invitations)
    .values(row)
    .onConflictDoUpdate({
      target: [invitations.organizationId, invitations.walletAddress],
      set: { role: row.role, invitedByUserId: row.invitedByUserId, createdAt: row.createdAt, expiresAt: row.expiresAt },
    })
    .returning();
  return kept;
}

/** Invitations whose term runs, of an organisation or to any wallet of a person, with the organisation's name and the role of the inviter now. */
export const listInvitationRows = (
  db: Executor,
  which: { organizationId: string } | { userId: string },
  now: Date,
  invitationId?: string,
) =>
  db
    .select({ invitation: invitations, organizationName: organizations.name, inviterRole: memberships.role })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .leftJoin(
      memberships,
      and(
        eq(memberships.organizationId, invitations.organizationId),
        eq(memberships.userId, invitations.invitedByUserId),
      ),
    )
    .where(
      and(
        gt(invitations.expiresAt, now),
        invitationId ? eq(invitations.id, invitationId) : undefined,
        "organizationId" in which
          ? eq(invitations.organizationId, which.organizationId)
          : sql`${invitations.walletAddress} in (select ${wallets.address} from ${wallets} where ${wallets.userId} = ${which.userId})`,
      ),
    )
    .orderBy(desc(invitations.createdAt))
    .limit(100);

/** The invitation as it was when it was deleted; undefined when somebody else did. */
export async function deleteInvitation(tx: Transaction, invitationId: string): Promise<InvitationRow | undefined> {
  const [gone] = await tx.delete(invitations).where(eq(invitations.id, invitationId)).returning();
  return gone;
}

/** Deletes what that person offered in the organisation, except offers of the given roles; returns the ids. */
export const deleteInvitationsOf = (
  tx: Transaction,
  organizationId: string,
  invitedByUserId: string,
  exceptRoles: readonly OrganizationRole[],
) =>
  tx
    .delete(invitations)
    .where(
      and(
        eq(invitations.organizationId, organizationId),
        eq(invitations.invitedByUserId, invitedByUserId),
        notInArray(invitations.role, [...exceptRoles]),
      ),
    )
    .returning({ id: invitations.id });

export async function setPlatformRole(tx: Transaction, userId: string, platformRole: PlatformRole) {
  await tx.update(users).set({ platformRole }).where(eq(users.id, userId));
}

/** Deletes what nobody can use any more; returns counts by table. */
export async function deleteExpired(tx: Transaction, now: Date, sessionsEndedBefore: Date) {
  const nonces = await tx
    .delete(loginNonces)
    .where(lt(loginNonces.expiresAt, now))
    .returning({ id: loginNonces.nonce });
  const oldInvitations = await tx
    .delete(invitations)
    .where(lt(invitations.expiresAt, now))
    .returning({ id: invitations.id });
  const oldSessions = await tx
    .delete(sessions)
    .where(or(lt(sessions.expiresAt, sessionsEndedBefore), lt(sessions.revokedAt, sessionsEndedBefore)))
    .returning({ id: sessions.id });
  return { loginNonces: nonces.length, invitations: oldInvitations.length, sessions: oldSessions.length };
}
