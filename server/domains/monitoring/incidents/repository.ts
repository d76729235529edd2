import "server-only";
import { and, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { incidentEntries, incidentNumbers, incidents } from "@/db/schema/monitoring";
import type { Patch } from "@/server/kernel/machine";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import type { Cursor } from "@/server/kernel/pagination";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";

export type IncidentRow = typeof incidents.$inferSelect;
export type IncidentEntryRow = typeof incidentEntries.$inferSelect;

/** The next number of an incident. */
export async function nextIncidentNumber(tx: Transaction): Promise<number> {
  const [row] = await tx.execute<{ number: string }>(sql`select nextval(${incidentNumbers.seqName}) as number`);
  return Number(row?.number);
}

/** The incident, unless its alert has one. */
export async function insertIncident(
  tx: Transaction,
  row: typeof incidents.$inferInsert,
): Promise<IncidentRow | undefined> {
  const [inserted] = await tx
    .insert(incidents)
    .values(row)
    .onConflictDoNothing({ target: incidents.alertId })
    .returning();
  return inserted;
}

export async function findIncidentOfAlert(db: Executor, alertId: string): Promise<IncidentRow | undefined> {
  const [row] = await db.select().from(incidents).where(eq(incidents.alertId, alertId));
  return row;
}

export const listIncidentsOfAlerts = (db: Executor, alertIds: readonly string[]): Promise<IncidentRow[]> =>
  alertIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(incidents)
        .where(inArray(incidents.alertId, [...alertIds]));

export async function findIncident(
  db: Executor,
  organizationId: OrganizationFilter,
  id: string,
): Promise<IncidentRow | undefined> {
  const [row] = await db
    .select()
    .from(incidents)
    .where(and(owned(incidents.organizationId, organizationId), eq(incidents.id, id)));
  return row;
}

export async function lockIncident(
  tx: Transaction,
  organizationId: OrganizationFilter,
  id: string,
): Promise<IncidentRow | undefined> {
  const [row] = await tx
    .select()
    .from(incidents)
    .where(and(owned(incidents.organizationId, organizationId), eq(incidents.id, id)))
    .for("no key update");
  return row;
}

export async function updateIncident(tx: Transaction, id: string, patch: Patch<typeof incidents, "status">) {
  const [row] = await tx.update(incidents).set(patch).where(eq(incidents.id, id)).returning();
  if (!row) throw new Error(`incident ${id} vanished under its lock`);
  return row;
}

/** Newest first. */
export function listIncidentRows(
  db: Executor,
  organizationId: OrganizationFilter,
  filter: { readonly limit: number; readonly after: Cursor | undefined; readonly isOpen?: boolean | undefined },
): Promise<IncidentRow[]> {
  const over = inArray(incidents.status, ["resolved", "closed"]);
  const order = rowsInOrder({
    by: instantColumn(incidents.openedAt),
    id: incidents.id,
    isDescending: true,
    after: filter.after,
  });
  return db
    .select()
    .from(incidents)
    .where(
      and(
        owned(incidents.organizationId, organizationId),
        filter.isOpen === undefined ? undefined : filter.isOpen ? sql`not (${over})` : over,
        order.where,
      ),
    )
    .orderBy(...order.orderBy)
    .limit(filter.limit);
}

/** As many organisations as an outage touches have an incident of it: beyond this the oldest are left out. */
const MAX_NETWORK_INCIDENTS = 2_000;

/** Incidents of whole networks that were opened since then, of every organisation, newest first, without anything that is one's own. */
export const listNetworkIncidents = (db: Executor, since: Date, limit = MAX_NETWORK_INCIDENTS) =>
  db
    .select({
      rule: incidents.rule,
      subjectId: incidents.subjectId,
      subjectName: incidents.subjectName,
      startedAt: incidents.startedAt,
      resolvedAt: incidents.resolvedAt,
    })
    .from(incidents)
    .where(and(eq(incidents.subjectKind, "network"), gt(incidents.openedAt, since)))
    .orderBy(desc(incidents.openedAt), desc(incidents.id))
    .limit(limit);

/** Means over the incidents that were opened since then, in milliseconds; null where there is none to take one of. */
export async function incidentMeans(db: Executor, organizationId: OrganizationFilter, since: Date) {
  const [row] = await db
    .select({
      opened: sql<number>`count(*)::int`,
      open: sql<number>`(count(*) filter (where ${incidents.status} not in ('resolved', 'closed')))::int`,
      acknowledgeMs: sql<
        number | null
      >`(avg(extract(epoch from ${incidents.acknowledgedAt} - ${incidents.openedAt})) * 1000)::float8`,
      resolveMs: sql<
        number | null
      >`(avg(extract(epoch from ${incidents.resolvedAt} - ${incidents.openedAt})) * 1000)::float8`,
    })
    .from(incidents)
    .where(and(owned(incidents.organizationId, organizationId), gt(incidents.openedAt, since)));
  return row ?? { opened: 0, open: 0, acknowledgeMs: null, resolveMs: null };
}

export const insertIncidentEntry = (tx: Transaction, row: typeof incidentEntries.$inferInsert) =>
  tx.insert(incidentEntries).values(row);

/** Oldest first. */
export function listIncidentEntries(
  db: Executor,
  incidentId: string,
  { limit, after }: { readonly limit: number; readonly after: Cursor | undefined },
): Promise<IncidentEntryRow[]> {
  const order = rowsInOrder({
    by: instantColumn(incidentEntries.at),
    id: incidentEntries.id,
    isDescending: false,
    after,
  });
  return db
    .select()
    .from(incidentEntries)
    .where(and(eq(incidentEntries.incidentId, incidentId), order.where))
    .orderBy(...order.orderBy)
    .limit(limit);
}

/** Forgets incidents that were closed before then, with their timelines. */
export const deleteClosedIncidents = async (tx: Transaction, before: Date): Promise<number> =>
  (
    await tx
      .delete(incidents)
      .where(and(eq(incidents.status, "closed"), lt(incidents.closedAt, before)))
      .returning({ id: incidents.id })
  ).length;
