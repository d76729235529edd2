import "server-only";
import { and, asc, desc, eq, gt, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { validatorNodes, validatorSetupRequests, validatorVolumes } from "@/db/schema/validators";
import { likePattern } from "@/server/kernel/find";
import type { Patch } from "@/server/kernel/machine";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import { type Cursor, readOrder } from "@/server/kernel/pagination";
import { instantColumn, nameColumn, rowsInOrder } from "@/server/kernel/rows-in-order";
import type { NodeOrder } from "../constants";
import type { SetupRow } from "../requests/repository";

export type NodeRow = typeof validatorNodes.$inferSelect;
export type VolumeRow = typeof validatorVolumes.$inferSelect;

export async function insertVolumeIfMissing(
  tx: Transaction,
  row: typeof validatorVolumes.$inferInsert,
): Promise<VolumeRow> {
  await tx.insert(validatorVolumes).values(row).onConflictDoNothing();
  const found = await findPresentVolume(tx, row.setupRequestId);
  if (!found) throw new Error("volume row vanished");
  return found;
}

export async function findPresentVolume(db: Executor, setupRequestId: string): Promise<VolumeRow | undefined> {
  const [row] = await db
    .select()
    .from(validatorVolumes)
    .where(and(eq(validatorVolumes.setupRequestId, setupRequestId), isNull(validatorVolumes.removedAt)));
  return row;
}

export const findVolumes = (db: Executor, ids: readonly string[]): Promise<VolumeRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(validatorVolumes)
        .where(inArray(validatorVolumes.id, [...ids]));

export const lockVolume = async (tx: Transaction, id: string): Promise<VolumeRow | undefined> => {
  const [row] = await tx.select().from(validatorVolumes).where(eq(validatorVolumes.id, id)).for("no key update");
  return row;
};

export const updateVolume = (tx: Transaction, id: string, patch: Partial<typeof validatorVolumes.$inferInsert>) =>
  tx.update(validatorVolumes).set(patch).where(eq(validatorVolumes.id, id));

export async function insertNodeIfMissing(tx: Transaction, row: typeof validatorNodes.$inferInsert): Promise<NodeRow> {
  await tx.insert(validatorNodes).values(row).onConflictDoNothing();
  const found = await findLiveNodeOf(tx, row.setupRequestId);
  if (!found) throw new Error("node row vanished");
  return found;
}

/** The one node of the request that is not terminated. */
export async function findLiveNodeOf(db: Executor, setupRequestId: string): Promise<NodeRow | undefined> {
  const [row] = await db
    .select()
    .from(validatorNodes)
    .where(and(eq(validatorNodes.setupRequestId, setupRequestId), ne(validatorNodes.status, "terminated")));
  return row;
}

/** Newest node of each request, terminated ones too. */
export const listNodesOf = (db: Executor, setupRequestIds: readonly string[]): Promise<NodeRow[]> =>
  setupRequestIds.length === 0
    ? Promise.resolve([])
    : db
        .selectDistinctOn([validatorNodes.setupRequestId])
        .from(validatorNodes)
        .where(inArray(validatorNodes.setupRequestId, [...setupRequestIds]))
        .orderBy(validatorNodes.setupRequestId, desc(validatorNodes.createdAt));

export async function findNode(
  db: Executor,
  organizationId: OrganizationFilter,
  id: string,
): Promise<NodeRow | undefined> {
  const [row] = await db
    .select()
    .from(validatorNodes)
    .where(and(owned(validatorNodes.organizationId, organizationId), eq(validatorNodes.id, id)));
  return row;
}

export async function lockNode(
  tx: Transaction,
  organizationId: OrganizationFilter,
  id: string,
): Promise<NodeRow | undefined> {
  const [row] = await tx
    .select()
    .from(validatorNodes)
    .where(and(owned(validatorNodes.organizationId, organizationId), eq(validatorNodes.id, id)))
    .for("no key update");
  return row;
}

export async function updateNode(
  tx: Transaction,
  id: string,
  patch: Patch<typeof validatorNodes, "status">,
): Promise<NodeRow> {
  const [row] = await tx.update(validatorNodes).set(patch).where(eq(validatorNodes.id, id)).returning();
  if (!row) throw new Error(`node ${id} vanished under its lock`);
  return row;
}

const NODE_SORTS = {
  createdAt: instantColumn(validatorNodes.createdAt),
  name: nameColumn(validatorSetupRequests.validatorName),
};

/** In the order asked for, behind `after`. */
export const listNodes = (
  db: Executor,
  organizationId: OrganizationFilter,
  filter: {
    limit: number;
    sort: NodeOrder;
    after: Cursor | undefined;
    status?: NodeRow["status"] | undefined;
    runtime?: NodeRow["hostKind"] | undefined;
    search?: string | undefined;
  },
): Promise<{ node: NodeRow; setup: SetupRow }[]> => {
  const pattern = filter.search === undefined ? undefined : `%${likePattern(filter.search)}%`;
  const { key, isDescending } = readOrder(filter.sort);
  const order = rowsInOrder({ by: NODE_SORTS[key], id: validatorNodes.id, isDescending, after: filter.after });
  return db
    .select({ node: validatorNodes, setup: validatorSetupRequests })
    .from(validatorNodes)
    .innerJoin(validatorSetupRequests, eq(validatorSetupRequests.id, validatorNodes.setupRequestId))
    .where(
      and(
        owned(validatorNodes.organizationId, organizationId),
        filter.status === undefined ? undefined : eq(validatorNodes.status, filter.status),
        filter.runtime === undefined ? undefined : eq(validatorNodes.hostKind, filter.runtime),
        pattern === undefined
          ? undefined
          : sql`(${validatorSetupRequests.validatorName} ilike ${pattern} or ${validatorNodes.id} ilike ${pattern} or ${validatorSetupRequests.operatorAddress} ilike ${pattern})`,
        order.where,
      ),
    )
    .orderBy(...order.orderBy)
    .limit(filter.limit);
};

/** Whether a node that is not gone is on hosts of this kind. */
export const hasNodesOn = async (db: Executor, hostKind: NodeRow["hostKind"]): Promise<boolean> => {
  const rows = await db
    .select({ id: validatorNodes.id })
    .from(validatorNodes)
    .where(and(ne(validatorNodes.status, "terminated"), eq(validatorNodes.hostKind, hostKind)))
    .limit(1);
  return rows.length > 0;
};

/** Nodes that the health loop should look at, by id, after `afterId`. */
export const listNodesToCheck = (db: Executor, afterId: string, limit: number): Promise<NodeRow[]> =>
  db
    .select()
    .from(validatorNodes)
    .where(and(ne(validatorNodes.status, "terminated"), gt(validatorNodes.id, afterId)))
    .orderBy(asc(validatorNodes.id))
    .limit(limit);

/** Which of these nodes should be on a host. */
export const listWantedNodeIds = (db: Executor, nodeIds: readonly string[]) =>
  nodeIds.length === 0
    ? Promise.resolve([])
    : db
        .select({ id: validatorNodes.id })
        .from(validatorNodes)
        .where(and(inArray(validatorNodes.id, [...nodeIds]), ne(validatorNodes.status, "terminated")));

/** Nodes with an operation under way, a page after an id. */
export const listNodesUnderOperation = (db: Executor, afterId: string, limit: number): Promise<NodeRow[]> =>
  db
    .select()
    .from(validatorNodes)
    .where(
      and(
        inArray(validatorNodes.operation, ["stop", "start", "redeploy", "terminate"]),
        ne(validatorNodes.status, "terminated"),
        gt(validatorNodes.id, afterId),
      ),
    )
    .orderBy(asc(validatorNodes.id))
    .limit(limit);
