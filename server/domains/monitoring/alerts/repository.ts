import "server-only";
import { and, asc, eq, gt, isNull, lt, ne, notExists, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { alerts, incidents } from "@/db/schema/monitoring";
import type { Patch } from "@/server/kernel/machine";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import type { Cursor } from "@/server/kernel/pagination";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";

export type AlertRow = typeof alerts.$inferSelect;

/** Every alert that is not over; of all organisations for null. */
export const listOpenAlerts = (db: Executor, organizationId: OrganizationFilter): Promise<AlertRow[]> =>
  db
    .select()
    .from(alerts)
    .where(and(owned(alerts.organizationId, organizationId), ne(alerts.status, "resolved")))
    .orderBy(asc(alerts.id));

/** Alerts that people were told of and of whose end they were not, for as long as that is news. */
export const listEndsToTell = (db: Executor, since: Date): Promise<AlertRow[]> =>
  db
    .select()
    .from(alerts)
    .where(
      and(
        eq(alerts.status, "resolved"),
        isNull(alerts.endToldAt),
        gt(alerts.toldCount, 0),
        gt(alerts.resolvedAt, since),
      ),
    )
    .orderBy(asc(alerts.id));

/** The alert, unless another evaluator opened it just now. */
export const insertAlert = (tx: Transaction, row: typeof alerts.$inferInsert) =>
  tx
    .insert(alerts)
    .values(row)
    .onConflictDoNothing({
      target: [alerts.organizationId, alerts.fingerprint],
      where: sql`${alerts.status} <> 'resolved'`,
    });

export const updateAlert = (tx: Transaction, id: string, patch: Patch<typeof alerts, "status">) =>
  tx.update(alerts).set(patch).where(eq(alerts.id, id));

/** Forgets what came to nothing before anybody was told. */
export const deletePendingAlert = (tx: Transaction, id: string) =>
  tx.delete(alerts).where(and(eq(alerts.id, id), eq(alerts.status, "pending")));

export async function findAlert(
  db: Executor,
  organizationId: OrganizationFilter,
  id: string,
): Promise<AlertRow | undefined> {
  const [row] = await db
    .select()
    .from(alerts)
    .where(and(owned(alerts.organizationId, organizationId), eq(alerts.id, id)));
  return row;
}

export async function lockAlert(
  tx: Transaction,
  organizationId: OrganizationFilter,
  id: string,
): Promise<AlertRow | undefined> {
  const [row] = await tx
    .select()
    .from(alerts)
    .where(and(owned(alerts.organizationId, organizationId), eq(alerts.id, id)))
    .for("no key update");
  return row;
}

/** Newest first; what came to nothing is not listed. */
export function listAlertRows(
  db: Executor,
  organizationId: OrganizationFilter,
  filter: {
    readonly limit: number;
    readonly after: Cursor | undefined;
    readonly isOpen?: boolean | undefined;
    readonly severity?: AlertRow["severity"] | undefined;
    readonly rule?: string | undefined;
    readonly subjectId?: string | undefined;
  },
): Promise<AlertRow[]> {
  const order = rowsInOrder({
    by: instantColumn(alerts.startedAt),
    id: alerts.id,
    isDescending: true,
    after: filter.after,
  });
  return db
    .select()
    .from(alerts)
    .where(
      and(
        owned(alerts.organizationId, organizationId),
        ne(alerts.status, "pending"),
        filter.isOpen === undefined
          ? undefined
          : filter.isOpen
            ? ne(alerts.status, "resolved")
            : eq(alerts.status, "resolved"),
        filter.severity === undefined ? undefined : eq(alerts.severity, filter.severity),
        filter.rule === undefined ? undefined : eq(alerts.rule, filter.rule),
        filter.subjectId === undefined ? undefined : eq(alerts.subjectId, filter.subjectId),
        order.where,
      ),
    )
    .orderBy(...order.orderBy)
    .limit(filter.limit);
}

/** Forgets alerts that were over before then; one whose incident is kept stays with it. */
export const deleteResolvedAlerts = async (tx: Transaction, before: Date): Promise<number> =>
  (
    await tx
      .delete(alerts)
      .where(
        and(
          eq(alerts.status, "resolved"),
          lt(alerts.resolvedAt, before),
          notExists(tx.select({ one: sql`1` }).from(incidents).where(eq(incidents.alertId, alerts.id))),
        ),
      )
      .returning({ id: alerts.id })
  ).length;
