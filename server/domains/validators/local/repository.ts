import "server-only";
import { and, asc, desc, eq, gt, inArray, lt, ne, notInArray, or } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import {
  localValidatorHeartbeats,
  localValidatorSamples,
  validatorNodes,
  validatorSetupRequests,
} from "@/db/schema/validators";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import type { Cursor } from "@/server/kernel/pagination";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";
import { GIVEN_UP } from "../states";

export type MachineRow = typeof localValidatorHeartbeats.$inferSelect;

/** The machine's newest report, locked until the transaction ends. */
export async function lockMachine(tx: Transaction, agentId: string): Promise<MachineRow | undefined> {
  const [row] = await tx
    .select()
    .from(localValidatorHeartbeats)
    .where(eq(localValidatorHeartbeats.agentId, agentId))
    .for("update");
  return row;
}

export async function findMachine(db: Executor, agentId: string): Promise<MachineRow | undefined> {
  const [row] = await db.select().from(localValidatorHeartbeats).where(eq(localValidatorHeartbeats.agentId, agentId));
  return row;
}

export async function upsertMachine(
  tx: Transaction,
  row: typeof localValidatorHeartbeats.$inferInsert,
): Promise<MachineRow> {
  const { agentId: _id, firstSeenAt: _first, ...changed } = row;
  const [kept] = await tx
    .insert(localValidatorHeartbeats)
    .values(row)
    .onConflictDoUpdate({ target: localValidatorHeartbeats.agentId, set: changed })
    .returning();
  if (!kept) throw new Error("upsert returned no row");
  return kept;
}

export const markConflict = (
  tx: Transaction,
  agentId: string,
  conflict: Pick<MachineRow, "conflictAt" | "conflictWith">,
) => tx.update(localValidatorHeartbeats).set(conflict).where(eq(localValidatorHeartbeats.agentId, agentId));

export const insertSample = (tx: Transaction, row: typeof localValidatorSamples.$inferInsert) =>
  tx.insert(localValidatorSamples).values(row);

/** Oldest first. */
export const listSamples = (db: Executor, agentId: string, since: Date, limit: number) =>
  db
    .select()
    .from(localValidatorSamples)
    .where(and(eq(localValidatorSamples.agentId, agentId), gt(localValidatorSamples.at, since)))
    .orderBy(asc(localValidatorSamples.at), asc(localValidatorSamples.sequence))
    .limit(limit);

export const deleteSamplesBefore = async (tx: Transaction, before: Date): Promise<number> =>
  (
    await tx
      .delete(localValidatorSamples)
      .where(lt(localValidatorSamples.at, before))
      .returning({ sequence: localValidatorSamples.sequence })
  ).length;

export const deleteMachinesSilentSince = async (tx: Transaction, before: Date): Promise<number> =>
  (
    await tx
      .delete(localValidatorHeartbeats)
      .where(lt(localValidatorHeartbeats.lastSeenAt, before))
      .returning({ agentId: localValidatorHeartbeats.agentId })
  ).length;

/** Machines that report the key, whosever they are, in the order of their ids. */
export const listMachinesOfKey = (db: Executor, networkId: string, consensusPubkey: string): Promise<MachineRow[]> =>
  db
    .select()
    .from(localValidatorHeartbeats)
    .where(
      and(
        eq(localValidatorHeartbeats.networkId, networkId),
        eq(localValidatorHeartbeats.consensusPubkey, consensusPubkey),
      ),
    )
    .orderBy(asc(localValidatorHeartbeats.agentId));

/** The organisation's newest report of the key. */
export async function findNewestOfKey(
  db: Executor,
  organizationId: string,
  consensusPubkey: string,
): Promise<MachineRow | undefined> {
  const [row] = await db
    .select()
    .from(localValidatorHeartbeats)
    .where(
      and(
        eq(localValidatorHeartbeats.organizationId, organizationId),
        eq(localValidatorHeartbeats.consensusPubkey, consensusPubkey),
      ),
    )
    .orderBy(desc(localValidatorHeartbeats.lastSeenAt))
    .limit(1);
  return row;
}

/** Last heard of first. */
export const listMachines = (
  db: Executor,
  organizationId: string,
  after: Cursor | undefined,
  limit: number,
): Promise<MachineRow[]> => {
  const table = localValidatorHeartbeats;
  const order = rowsInOrder({ by: instantColumn(table.firstSeenAt), id: table.agentId, isDescending: true, after });
  return db
    .select()
    .from(table)
    .where(and(eq(table.organizationId, organizationId), order.where))
    .orderBy(...order.orderBy)
    .limit(limit);
};

/** Machines of these requests, the one that was heard of last first. */
export const listMachinesOfSetups = (db: Executor, setupRequestIds: readonly string[]): Promise<MachineRow[]> =>
  setupRequestIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(localValidatorHeartbeats)
        .where(inArray(localValidatorHeartbeats.setupRequestId, [...setupRequestIds]))
        .orderBy(desc(localValidatorHeartbeats.lastSeenAt));

/** The wallet's requests on the network whose node runs on a machine of its own, the newest first; one that ended is among them. */
export const listLocalSetups = (
  db: Executor,
  organizationId: OrganizationFilter,
  networkId: string,
  walletAddress: string,
) => {
  const table = validatorSetupRequests;
  return db
    .select()
    .from(table)
    .where(
      and(
        owned(table.organizationId, organizationId),
        eq(table.networkId, networkId),
        eq(table.walletAddress, walletAddress),
        eq(table.runMode, "local"),
        notInArray(table.status, [...GIVEN_UP]),
      ),
    )
    .orderBy(desc(table.createdAt), desc(table.id));
};

/** Whether a live request of another wallet or organisation has the key. */
export async function isKeyOfAnother(
  db: Executor,
  of: { organizationId: string; networkId: string; walletAddress: string; consensusPubkey: string },
): Promise<boolean> {
  const table = validatorSetupRequests;
  const [row] = await db
    .select({ id: table.id })
    .from(table)
    .where(
      and(
        eq(table.networkId, of.networkId),
        eq(table.consensusPubkey, of.consensusPubkey),
        notInArray(table.status, [...GIVEN_UP]),
        or(ne(table.organizationId, of.organizationId), ne(table.walletAddress, of.walletAddress)),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** The node on a host of ours that has the key and is wanted running, or is seen to run. */
export async function findOwnNodeOfKey(db: Executor, networkId: string, consensusPubkey: string) {
  const [row] = await db
    .select({ node: validatorNodes })
    .from(validatorNodes)
    .innerJoin(validatorSetupRequests, eq(validatorSetupRequests.id, validatorNodes.setupRequestId))
    .where(
      and(
        eq(validatorNodes.networkId, networkId),
        eq(validatorSetupRequests.consensusPubkey, consensusPubkey),
        inArray(validatorNodes.status, ["starting", "running", "syncing", "synced"]),
      ),
    )
    .limit(1);
  return row?.node;
}
