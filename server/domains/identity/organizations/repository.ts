import "server-only";
import { and, asc, count, desc, eq, gt, inArray, lt, notInArray, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { invitations, memberships, organizations } from "@/db/schema/identity";
import type { Cursor } from "@/server/kernel/pagination";
import type { OrganizationRole } from "@/server/kernel/scopes";

export type InvitationRow = typeof invitations.$inferSelect;

/** What people see of an organisation. */
export const organizationFacts = {
  id: organizations.id,
  name: organizations.name,
  slug: organizations.slug,
  kind: organizations.kind,
};

/** Orders all changes of one organisation's people. */
export const lockOrganization = (tx: Transaction, organizationId: string) =>
  tx.execute(sql`select 1 from ${organizations} where ${organizations.id} = ${organizationId} for update`);

/** Makes the organisation unless its slug is taken; says whether it was made. */
export async function insertOrganization(tx: Transaction, row: typeof organizations.$inferInsert): Promise<boolean> {
  const made = await tx
    .insert(organizations)
    .values(row)
    .onConflictDoNothing({ target: organizations.slug })
    .returning({ id: organizations.id });
  return made.length > 0;
}

export async function findSlug(db: Executor, organizationId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ slug: organizations.slug })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  return row?.slug;
}

export const listNamesOf = (db: Executor, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .select({ id: organizations.id, name: organizations.name })
        .from(organizations)
        .where(inArray(organizations.id, [...ids]));

export const updateOrganizationName = (tx: Transaction, organizationId: string, name: string) =>
  tx.update(organizations).set({ name }).where(eq(organizations.id, organizationId));

export const insertMembership = (
  tx: Transaction,
  row: { organizationId: string; userId: string; role: OrganizationRole },
) => tx.insert(memberships).values(row);

const membershipIs = (organizationId: string, userId: string) =>
  and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId));

export async function findMembership(db: Executor, organizationId: string, userId: string) {
  const [row] = await db.select().from(memberships).where(membershipIs(organizationId, userId));
  return row;
}

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
    .select({ ...organizationFacts, role: memberships.role })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(eq(memberships.userId, userId))
    .orderBy(asc(organizations.kind), asc(organizations.createdAt), asc(organizations.id));

/** Memberships in the order of joining. */
export const listMembershipRows = (db: Executor, organizationId: string, cursor: Cursor | undefined, limit: number) =>
  db
    .select()
    .from(memberships)
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

export type WhichInvitations = { organizationId: string } | { walletAddresses: readonly string[] };

/** Invitations whose term runs, of an organisation or to one of the addresses, with the organisation's name and the role of the inviter now. */
export const listInvitationRows = (db: Executor, which: WhichInvitations, now: Date, invitationId?: string) =>
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
          : inArray(invitations.walletAddress, [...which.walletAddresses]),
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

/** Deletes invitations whose term has ended; says how many. */
export async function deleteExpiredInvitations(tx: Transaction, now: Date): Promise<number> {
  const gone = await tx.delete(invitations).where(lt(invitations.expiresAt, now)).returning({ id: invitations.id });
  return gone.length;
}
