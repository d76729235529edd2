import "server-only";
import { and, asc, desc, eq, gt, lte, ne, or } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { stakingCompounders, stakingCompoundRuns, stakingCompounds } from "@/db/schema/staking";
import type { Patch } from "@/server/kernel/machine";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";

export type CompounderRow = typeof stakingCompounders.$inferSelect;
export type CompoundRow = typeof stakingCompounds.$inferSelect;
export type CompoundRunRow = typeof stakingCompoundRuns.$inferSelect;

export async function findCompounder(db: Executor, networkId: string): Promise<CompounderRow | undefined> {
  const [row] = await db.select().from(stakingCompounders).where(eq(stakingCompounders.networkId, networkId));
  return row;
}

/** Of two that are made at once the first stays. */
export const insertCompounder = (tx: Transaction, row: typeof stakingCompounders.$inferInsert) =>
  tx.insert(stakingCompounders).values(row).onConflictDoNothing().returning({ address: stakingCompounders.address });

const ofId = (organizationId: OrganizationFilter, id: string) =>
  and(owned(stakingCompounds.organizationId, organizationId), eq(stakingCompounds.id, id));

export async function lockCompound(
  tx: Transaction,
  organizationId: OrganizationFilter,
  id: string,
): Promise<CompoundRow | undefined> {
  const [row] = await tx.select().from(stakingCompounds).where(ofId(organizationId, id)).for("no key update");
  return row;
}

/** The wallet's one wish that is not over, whosever it is. */
export async function lockLiveCompound(
  tx: Transaction,
  networkId: string,
  delegatorAddress: string,
): Promise<CompoundRow | undefined> {
  const [row] = await tx
    .select()
    .from(stakingCompounds)
    .where(
      and(
        eq(stakingCompounds.networkId, networkId),
        eq(stakingCompounds.delegatorAddress, delegatorAddress),
        ne(stakingCompounds.status, "ended"),
      ),
    )
    .for("no key update");
  return row;
}

/** The organisation's newest wish of the wallet, over or not. */
export async function findNewestCompound(
  db: Executor,
  organizationId: string,
  of: { readonly networkId: string; readonly delegatorAddress: string },
): Promise<CompoundRow | undefined> {
  const [row] = await db
    .select()
    .from(stakingCompounds)
    .where(
      and(
        eq(stakingCompounds.organizationId, organizationId),
        eq(stakingCompounds.networkId, of.networkId),
        eq(stakingCompounds.delegatorAddress, of.delegatorAddress),
      ),
    )
    .orderBy(desc(stakingCompounds.createdAt), desc(stakingCompounds.id))
    .limit(1);
  return row;
}

export const insertCompound = (
  tx: Transaction,
  row: typeof stakingCompounds.$inferInsert & { readonly status: "active" },
) => tx.insert(stakingCompounds).values(row);

export const updateCompound = (tx: Transaction, id: string, patch: Patch<typeof stakingCompounds, "status">) =>
  tx.update(stakingCompounds).set(patch).where(eq(stakingCompounds.id, id));

/** Those whose rewards are to be looked at by then, the one that waits longest first, a page behind the last one that was read. */
export const listDueCompounds = (
  db: Executor,
  page: { readonly by: Date; readonly last: CompoundRow | undefined; readonly limit: number },
): Promise<CompoundRow[]> => {
  const table = stakingCompounds;
  const order = rowsInOrder({
    by: instantColumn(table.nextLookAt),
    id: table.id,
    isDescending: false,
    after: page.last && { sort: page.last.nextLookAt.toISOString(), id: page.last.id },
  });
  return db
    .select()
    .from(table)
    .where(and(eq(table.status, "active"), lte(table.nextLookAt, page.by), order.where))
    .orderBy(...order.orderBy)
    .limit(page.limit);
};

export const insertRun = (
  tx: Transaction,
  row: typeof stakingCompoundRuns.$inferInsert & { readonly status: "sent" },
) => tx.insert(stakingCompoundRuns).values(row);

/** The run of which the chain has not said anything yet. */
export async function findOpenRun(db: Executor, compoundId: string): Promise<CompoundRunRow | undefined> {
  const [row] = await db
    .select()
    .from(stakingCompoundRuns)
    .where(and(eq(stakingCompoundRuns.compoundId, compoundId), eq(stakingCompoundRuns.status, "sent")));
  return row;
}

/** Newest first. */
export const listRuns = (db: Executor, compoundId: string, limit: number): Promise<CompoundRunRow[]> =>
  db
    .select()
    .from(stakingCompoundRuns)
    .where(eq(stakingCompoundRuns.compoundId, compoundId))
    .orderBy(desc(stakingCompoundRuns.createdAt), desc(stakingCompoundRuns.id))
    .limit(limit);

export async function lockRun(tx: Transaction, id: string): Promise<CompoundRunRow | undefined> {
  const [row] = await tx.select().from(stakingCompoundRuns).where(eq(stakingCompoundRuns.id, id)).for("no key update");
  return row;
}

export async function findRun(db: Executor, id: string): Promise<CompoundRunRow | undefined> {
  const [row] = await db.select().from(stakingCompoundRuns).where(eq(stakingCompoundRuns.id, id));
  return row;
}

/** Runs on which the chain may have said something that nobody took in, a page after an id. */
export const listUnsettledRuns = (
  db: Executor,
  page: { readonly expiredSince: Date; readonly afterId: string; readonly limit: number },
): Promise<CompoundRunRow[]> =>
  db
    .select()
    .from(stakingCompoundRuns)
    .where(
      and(
        or(
          eq(stakingCompoundRuns.status, "sent"),
          and(eq(stakingCompoundRuns.status, "expired"), gt(stakingCompoundRuns.updatedAt, page.expiredSince)),
        ),
        gt(stakingCompoundRuns.id, page.afterId),
      ),
    )
    .orderBy(asc(stakingCompoundRuns.id))
    .limit(page.limit);
