import "server-only";
import { and, eq, gt, isNotNull, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { alertSilences } from "@/db/schema/monitoring";
import { lockInTransaction } from "@/server/kernel/lock-in-transaction";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import type { Cursor } from "@/server/kernel/pagination";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";

export type SilenceRow = typeof alertSilences.$inferSelect;

export async function insertSilence(tx: Transaction, row: typeof alertSilences.$inferInsert): Promise<SilenceRow> {
  const [inserted] = await tx.insert(alertSilences).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
}

/** Orders all who make a silence of the organisation, until the transaction ends. */
export const lockSilenceCount = (tx: Transaction, organizationId: string) =>
  lockInTransaction(tx, `monitoring.silences:${organizationId}`);

const isAhead = (now: Date): SQL | undefined => and(isNull(alertSilences.endedAt), gt(alertSilences.endsAt, now));

/** Silences that hold now. */
export const listSilencesInForce = (db: Executor, organizationId: OrganizationFilter, now: Date) =>
  db
    .select()
    .from(alertSilences)
    .where(and(owned(alertSilences.organizationId, organizationId), isAhead(now), lte(alertSilences.startsAt, now)));

export const countSilencesAhead = async (db: Executor, organizationId: string, now: Date): Promise<number> => {
  const [row] = await db
    .select({ ahead: sql<number>`count(*)::int` })
    .from(alertSilences)
    .where(and(eq(alertSilences.organizationId, organizationId), isAhead(now)));
  return row?.ahead ?? 0;
};

export async function lockSilence(tx: Transaction, organizationId: OrganizationFilter, id: string) {
  const [row] = await tx
    .select()
    .from(alertSilences)
    .where(and(owned(alertSilences.organizationId, organizationId), eq(alertSilences.id, id)))
    .for("no key update");
  return row;
}

export async function endSilenceRow(tx: Transaction, id: string, now: Date): Promise<SilenceRow> {
  const [row] = await tx
    .update(alertSilences)
    .set({ endedAt: now, updatedAt: now })
    .where(eq(alertSilences.id, id))
    .returning();
  if (!row) throw new Error(`silence ${id} vanished under its lock`);
  return row;
}

const isBehind = (now: Date): SQL | undefined => or(isNotNull(alertSilences.endedAt), lte(alertSilences.endsAt, now));

/** Newest first. */
export function listSilenceRows(
  db: Executor,
  organizationId: string,
  {
    limit,
    after,
    isOver,
    now,
  }: {
    readonly limit: number;
    readonly after: Cursor | undefined;
    readonly isOver: boolean | undefined;
    readonly now: Date;
  },
): Promise<SilenceRow[]> {
  const order = rowsInOrder({
    by: instantColumn(alertSilences.createdAt),
    id: alertSilences.id,
    isDescending: true,
    after,
  });
  return db
    .select()
    .from(alertSilences)
    .where(
      and(
        eq(alertSilences.organizationId, organizationId),
        isOver === undefined ? undefined : isOver ? isBehind(now) : isAhead(now),
        order.where,
      ),
    )
    .orderBy(...order.orderBy)
    .limit(limit);
}

/** Forgets silences that ended, by themselves or by hand, before then. */
export const deleteEndedSilences = async (tx: Transaction, before: Date): Promise<number> =>
  (
    await tx
      .delete(alertSilences)
      .where(or(lt(alertSilences.endsAt, before), lt(alertSilences.endedAt, before)))
      .returning({ id: alertSilences.id })
  ).length;
