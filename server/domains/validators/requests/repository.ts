import "server-only";
import { and, asc, count, desc, eq, gt, inArray, isNull, lt, ne, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { validatorDrafts, validatorNodes, validatorSetupRequests } from "@/db/schema/validators";
import { likePattern } from "@/server/kernel/find";
import { lockInTransaction } from "@/server/kernel/lock-in-transaction";
import type { Patch } from "@/server/kernel/machine";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import { type Cursor, readOrder } from "@/server/kernel/pagination";
import { instantColumn, nameColumn, rowsInOrder } from "@/server/kernel/rows-in-order";
import type { SetupOrder, SetupStatus } from "../constants";
import { GIVEN_UP, OVER } from "../states";

export type SetupRow = typeof validatorSetupRequests.$inferSelect;

export const insertSetup = async (
  tx: Transaction,
  row: typeof validatorSetupRequests.$inferInsert,
): Promise<SetupRow> => {
  const [inserted] = await tx.insert(validatorSetupRequests).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
};

export async function findSetup(
  db: Executor,
  organizationId: OrganizationFilter,
  id: string,
): Promise<SetupRow | undefined> {
  const [row] = await db
    .select()
    .from(validatorSetupRequests)
    .where(and(owned(validatorSetupRequests.organizationId, organizationId), eq(validatorSetupRequests.id, id)));
  return row;
}

/**
 * The row, locked until the transaction ends, for whoever decides by more than its state; `move` locks by itself. Rows that name it, as lines of
 * its story do, may be written meanwhile: an id never changes.
 */
export async function lockSetup(
  tx: Transaction,
  organizationId: OrganizationFilter,
  id: string,
): Promise<SetupRow | undefined> {
  const [row] = await tx
    .select()
    .from(validatorSetupRequests)
    .where(and(owned(validatorSetupRequests.organizationId, organizationId), eq(validatorSetupRequests.id, id)))
    .for("no key update");
  return row;
}

export async function updateSetup(
  tx: Transaction,
  id: string,
  patch: Patch<typeof validatorSetupRequests, "status">,
): Promise<SetupRow> {
  const [row] = await tx.update(validatorSetupRequests).set(patch).where(eq(validatorSetupRequests.id, id)).returning();
  if (!row) throw new Error(`setup request ${id} vanished under its lock`);
  return row;
}

const SETUP_SORTS = {
  createdAt: instantColumn(validatorSetupRequests.createdAt),
  updatedAt: instantColumn(validatorSetupRequests.updatedAt),
  name: nameColumn(validatorSetupRequests.validatorName),
};

/** In the order asked for, behind `after`; `search` looks in moniker, wallet and operator. */
export const listSetups = (
  db: Executor,
  organizationId: OrganizationFilter,
  filter: {
    limit: number;
    sort: SetupOrder;
    after: Cursor | undefined;
    status?: SetupStatus | undefined;
    statuses?: readonly SetupStatus[] | undefined;
    search?: string | undefined;
    networkId?: string | undefined;
    regionCode?: string | undefined;
    walletAddress?: string | undefined;
    ids?: readonly string[] | undefined;
  },
): Promise<SetupRow[]> => {
  const table = validatorSetupRequests;
  const pattern = filter.search === undefined ? undefined : `%${likePattern(filter.search)}%`;
  const { key, isDescending } = readOrder(filter.sort);
  const order = rowsInOrder({ by: SETUP_SORTS[key], id: table.id, isDescending, after: filter.after });
  return db
    .select()
    .from(table)
    .where(
      and(
        owned(table.organizationId, organizationId),
        filter.status === undefined ? undefined : eq(table.status, filter.status),
        filter.statuses === undefined ? undefined : inArray(table.status, [...filter.statuses]),
        filter.networkId === undefined ? undefined : eq(table.networkId, filter.networkId),
        filter.regionCode === undefined ? undefined : eq(table.regionCode, filter.regionCode),
        filter.walletAddress === undefined ? undefined : eq(table.walletAddress, filter.walletAddress),
        filter.ids === undefined ? undefined : inArray(table.id, [...filter.ids]),
        pattern === undefined
          ? undefined
          : sql`(${table.validatorName} ilike ${pattern} or ${table.walletAddress} ilike ${pattern} or ${table.operatorAddress} ilike ${pattern} or ${table.id} ilike ${pattern})`,
        order.where,
      ),
    )
    .orderBy(...order.orderBy)
    .limit(filter.limit);
};

/** Requests that have the words in their name, or at the beginning of an id, an address or a hash; those that are not given up first. */
export const findSetupsByWords = (
  db: Executor,
  organizationId: OrganizationFilter,
  words: string,
  limit: number,
): Promise<SetupRow[]> => {
  const table = validatorSetupRequests;
  const [anywhere, first] = [`%${likePattern(words)}%`, `${likePattern(words)}%`];
  const ofNode = db
    .select({ id: validatorNodes.setupRequestId })
    .from(validatorNodes)
    .where(sql`${validatorNodes.id} ilike ${first} or ${validatorNodes.p2pNodeId} ilike ${first}`);
  return db
    .select()
    .from(table)
    .where(
      and(
        owned(table.organizationId, organizationId),
        or(
          sql`${table.validatorName} ilike ${anywhere}`,
          ...[table.id, table.walletAddress, table.operatorAddress, table.chainTxHash].map(
            (column) => sql`${column} ilike ${first}`,
          ),
          eq(table.consensusPubkey, words),
          inArray(table.id, ofNode),
        ),
      ),
    )
    .orderBy(sql`${inArray(table.status, [...GIVEN_UP])}`, desc(table.createdAt), desc(table.id))
    .limit(limit);
};

/** Requests that are not given up, newest first; failed ones only when they failed after `failedSince`. */
export const listSetupsInView = (
  db: Executor,
  organizationId: string,
  failedSince: Date,
  limit: number,
): Promise<SetupRow[]> => {
  const table = validatorSetupRequests;
  return db
    .select()
    .from(table)
    .where(
      and(
        eq(table.organizationId, organizationId),
        ne(table.status, "cancelled"),
        or(ne(table.status, "failed"), gt(table.updatedAt, failedSince)),
      ),
    )
    .orderBy(desc(table.createdAt), desc(table.id))
    .limit(limit);
};

/** Orders all who begin a setup in that organisation or as that person; held until the transaction ends. Always in this order. */
export async function lockSetupCounts(tx: Transaction, who: { organizationId: string; userId: string }): Promise<void> {
  for (const key of [who.organizationId, who.userId]) {
    await lockInTransaction(tx, `validators.setups:${key}`);
  }
}

/** Requests that hold a node or will, or whose node is not given back yet: of the organisation, and of the person in whatever organisation. */
export async function countSetups(db: Executor, who: { organizationId: string; userId: string }) {
  const { organizationId, createdByUserId, status, releasedAt } = validatorSetupRequests;
  const countOf = async (whose: SQL) => {
    const [row] = await db
      .select({
        live: count(),
        unsigned: sql<number>`count(*) filter (where ${status} not in ('active', 'ended'))`.mapWith(Number),
      })
      .from(validatorSetupRequests)
      .where(and(whose, or(notInArray(status, [...OVER]), isNull(releasedAt))));
    return row ?? { live: 0, unsigned: 0 };
  };
  return {
    organization: await countOf(eq(organizationId, who.organizationId)),
    person: await countOf(eq(createdByUserId, who.userId)),
  };
}

/** Requests whose node has waited for a signature since before that; longest ago first. */
export const listSetupsReadyBefore = (db: Executor, before: Date, limit: number): Promise<SetupRow[]> => {
  const { status, provisioningCompletedAt, chainTxHash } = validatorSetupRequests;
  return db
    .select()
    .from(validatorSetupRequests)
    .where(
      and(
        eq(status, "ready_for_chain_tx"),
        eq(validatorSetupRequests.runMode, "cloud"),
        isNull(chainTxHash),
        lt(provisioningCompletedAt, before),
      ),
    )
    .orderBy(asc(provisioningCompletedAt))
    .limit(limit);
};

/** Requests whose node is being made, a page after an id. */
export const listSetupsAtWork = (db: Executor, afterId: string, limit: number): Promise<SetupRow[]> =>
  db
    .select()
    .from(validatorSetupRequests)
    .where(
      and(
        inArray(validatorSetupRequests.status, ["pending", "provisioning", "configuring"]),
        eq(validatorSetupRequests.runMode, "cloud"),
        gt(validatorSetupRequests.id, afterId),
      ),
    )
    .orderBy(asc(validatorSetupRequests.id))
    .limit(limit);

/** Requests that have a validator or are on their way to one, a page after an id. */
export const listSetupsWatched = (db: Executor, afterId: string, limit: number): Promise<SetupRow[]> =>
  db
    .select()
    .from(validatorSetupRequests)
    .where(and(notInArray(validatorSetupRequests.status, [...OVER]), gt(validatorSetupRequests.id, afterId)))
    .orderBy(asc(validatorSetupRequests.id))
    .limit(limit);

/** How setups that were changed since then ended, or got as far as a ready node; the newest first. */
export const readOutcomes = (db: Executor, since: Date) =>
  db
    .select({ organizationId: validatorSetupRequests.organizationId, status: validatorSetupRequests.status })
    .from(validatorSetupRequests)
    .where(
      and(
        gt(validatorSetupRequests.updatedAt, since),
        notInArray(validatorSetupRequests.status, ["pending", "provisioning", "configuring", "cancelled"]),
      ),
    )
    .orderBy(desc(validatorSetupRequests.updatedAt), desc(validatorSetupRequests.id));

/** Requests that ended without a validator and still hold a slot, a volume or a node, a page after an id. */
export const listUnreleasedSetups = (db: Executor, afterId: string, limit: number): Promise<SetupRow[]> =>
  db
    .select()
    .from(validatorSetupRequests)
    .where(
      and(
        inArray(validatorSetupRequests.status, [...GIVEN_UP]),
        isNull(validatorSetupRequests.releasedAt),
        gt(validatorSetupRequests.id, afterId),
      ),
    )
    .orderBy(asc(validatorSetupRequests.id))
    .limit(limit);

/** Requests that wait for a signature or a block, a page after an id. */
export const listSetupsWaitingForChainAny = (db: Executor, afterId: string, limit: number): Promise<SetupRow[]> =>
  db
    .select()
    .from(validatorSetupRequests)
    .where(
      and(
        inArray(validatorSetupRequests.status, ["ready_for_chain_tx", "chain_tx_pending"]),
        gt(validatorSetupRequests.id, afterId),
      ),
    )
    .orderBy(asc(validatorSetupRequests.id))
    .limit(limit);

/** Requests whose validator the chain has, and ended ones that may hold a node yet, a page after an id. */
export const listSetupsOnChain = (db: Executor, afterId: string, limit: number): Promise<SetupRow[]> =>
  db
    .select()
    .from(validatorSetupRequests)
    .where(
      and(
        or(
          eq(validatorSetupRequests.status, "active"),
          and(eq(validatorSetupRequests.status, "ended"), isNull(validatorSetupRequests.releasedAt)),
        ),
        gt(validatorSetupRequests.id, afterId),
      ),
    )
    .orderBy(asc(validatorSetupRequests.id))
    .limit(limit);

/** The one request that this operator's validator came or comes from. */
export async function findLiveSetupOfOperator(
  db: Executor,
  networkId: string,
  operatorAddress: string,
): Promise<SetupRow | undefined> {
  const table = validatorSetupRequests;
  const [row] = await db
    .select()
    .from(table)
    .where(
      and(
        eq(table.networkId, networkId),
        eq(table.operatorAddress, operatorAddress),
        inArray(table.status, ["chain_tx_pending", "active"]),
      ),
    );
  return row;
}

export async function findDraft(db: Executor, organizationId: string, userId: string) {
  const [row] = await db
    .select()
    .from(validatorDrafts)
    .where(and(eq(validatorDrafts.organizationId, organizationId), eq(validatorDrafts.userId, userId)));
  return row;
}

/** Merges the answers into those kept: a field that is not given stays. */
export const upsertDraft = (tx: Transaction, row: typeof validatorDrafts.$inferInsert) =>
  tx
    .insert(validatorDrafts)
    .values(row)
    .onConflictDoUpdate({
      target: [validatorDrafts.organizationId, validatorDrafts.userId],
      set: { answers: sql`${validatorDrafts.answers} || excluded.answers`, updatedAt: row.updatedAt },
    });

export const deleteDraft = (tx: Transaction, organizationId: string, userId: string) =>
  tx
    .delete(validatorDrafts)
    .where(and(eq(validatorDrafts.organizationId, organizationId), eq(validatorDrafts.userId, userId)));
