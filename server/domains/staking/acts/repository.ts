import "server-only";
import { and, asc, desc, eq, gt, gte, inArray, lt, or } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { stakingActs } from "@/db/schema/staking";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import type { ActFilters } from "../schemas";

export type ActRow = typeof stakingActs.$inferSelect;

export async function insertAct(
  tx: Transaction,
  row: typeof stakingActs.$inferInsert & { readonly status: "prepared" },
): Promise<ActRow> {
  const [inserted] = await tx.insert(stakingActs).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
}

const ofId = (organizationId: OrganizationFilter, id: string) =>
  and(owned(stakingActs.organizationId, organizationId), eq(stakingActs.id, id));

export async function findAct(
  db: Executor,
  organizationId: OrganizationFilter,
  id: string,
): Promise<ActRow | undefined> {
  const [row] = await db.select().from(stakingActs).where(ofId(organizationId, id));
  return row;
}

export async function lockAct(
  tx: Transaction,
  organizationId: OrganizationFilter,
  id: string,
): Promise<ActRow | undefined> {
  const [row] = await tx.select().from(stakingActs).where(ofId(organizationId, id)).for("no key update");
  return row;
}

/** Newest first, after the cursor. */
export const listActRows = (
  db: Executor,
  organizationId: string,
  filters: ActFilters,
  page: { readonly limit: number; readonly cursor: { readonly createdAt: Date; readonly id: string } | undefined },
): Promise<ActRow[]> => {
  const table = stakingActs;
  const { kind, status, networkId, signerAddress, operatorAddress, txHash, since, until } = filters;
  return db
    .select()
    .from(table)
    .where(
      and(
        eq(table.organizationId, organizationId),
        kind === undefined ? undefined : eq(table.kind, kind),
        status === undefined ? undefined : eq(table.status, status),
        networkId === undefined ? undefined : eq(table.networkId, networkId),
        signerAddress === undefined ? undefined : eq(table.signerAddress, signerAddress),
        operatorAddress === undefined ? undefined : eq(table.operatorAddress, operatorAddress),
        txHash === undefined ? undefined : eq(table.txHash, txHash),
        since === undefined ? undefined : gte(table.createdAt, since),
        until === undefined ? undefined : lt(table.createdAt, until),
        page.cursor === undefined
          ? undefined
          : or(
              lt(table.createdAt, page.cursor.createdAt),
              and(eq(table.createdAt, page.cursor.createdAt), lt(table.id, page.cursor.id)),
            ),
      ),
    )
    .orderBy(desc(table.createdAt), desc(table.id))
    .limit(page.limit);
};

/** Acts on which the chain may have said something that nobody took in: submitted ones, and lately expired ones. */
export const listUnsettledActs = (
  db: Executor,
  page: { readonly expiredSince: Date; readonly afterId: string; readonly limit: number },
): Promise<ActRow[]> =>
  db
    .select()
    .from(stakingActs)
    .where(
      and(
        or(
          eq(stakingActs.status, "submitted"),
          and(eq(stakingActs.status, "expired"), gt(stakingActs.updatedAt, page.expiredSince)),
        ),
        gt(stakingActs.id, page.afterId),
      ),
    )
    .orderBy(asc(stakingActs.id))
    .limit(page.limit);

/** Acts that nobody signed since then. */
export const listUnsignedActs = (
  db: Executor,
  page: { readonly before: Date; readonly afterId: string; readonly limit: number },
): Promise<ActRow[]> =>
  db
    .select()
    .from(stakingActs)
    .where(
      and(
        inArray(stakingActs.status, ["prepared"]),
        lt(stakingActs.createdAt, page.before),
        gt(stakingActs.id, page.afterId),
      ),
    )
    .orderBy(asc(stakingActs.id))
    .limit(page.limit);

/** Forgets acts that were given up before then: nothing of them was ever signed. */
export const deleteWithdrawnActs = async (tx: Transaction, before: Date): Promise<number> =>
  (
    await tx
      .delete(stakingActs)
      .where(and(eq(stakingActs.status, "withdrawn"), lt(stakingActs.updatedAt, before)))
      .returning({ id: stakingActs.id })
  ).length;
