import "server-only";
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, lte, ne, notExists, or, type SQL, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import {
  alertRuleSettings,
  alertSilences,
  alerts,
  incidentEntries,
  incidentNumbers,
  incidents,
  restartSamples,
} from "@/db/schema/monitoring";
import type { Patch } from "@/server/kernel/machine";
import { type OrganizationFilter, owned } from "@/server/kernel/owned";
import type { Cursor } from "@/server/kernel/pagination";
import { instantColumn, rowsInOrder } from "@/server/kernel/rows-in-order";

export type AlertRow = typeof alerts.$inferSelect;
export type SilenceRow = typeof alertSilences.$inferSelect;
export type RuleSettingRow = typeof alertRuleSettings.$inferSelect;
export type IncidentRow = typeof incidents.$inferSelect;
export type IncidentEntryRow = typeof incidentEntries.$inferSelect;

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

export const listRuleSettings = (db: Executor, organizationId: OrganizationFilter): Promise<RuleSettingRow[]> =>
  db.select().from(alertRuleSettings).where(owned(alertRuleSettings.organizationId, organizationId));

export const upsertRuleSetting = (tx: Transaction, row: typeof alertRuleSettings.$inferInsert) =>
  tx
    .insert(alertRuleSettings)
    .values(row)
    .onConflictDoUpdate({
      target: [alertRuleSettings.organizationId, alertRuleSettings.rule],
      set: {
        isEnabled: row.isEnabled,
        threshold: row.threshold ?? null,
        forSeconds: row.forSeconds ?? null,
        updatedAt: row.updatedAt,
      },
    });

export async function insertSilence(tx: Transaction, row: typeof alertSilences.$inferInsert): Promise<SilenceRow> {
  const [inserted] = await tx.insert(alertSilences).values(row).returning();
  if (!inserted) throw new Error("insert returned no row");
  return inserted;
}

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

/** Incidents of whole networks that were opened since then, of every organisation, without anything that is one's own. */
export const listNetworkIncidents = (db: Executor, since: Date) =>
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
    .orderBy(asc(incidents.startedAt), asc(incidents.id))
    .limit(2_000);

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

/** Forgets silences that ended, by themselves or by hand, before then. */
export const deleteEndedSilences = async (tx: Transaction, before: Date): Promise<number> =>
  (
    await tx
      .delete(alertSilences)
      .where(or(lt(alertSilences.endsAt, before), lt(alertSilences.endedAt, before)))
      .returning({ id: alertSilences.id })
  ).length;

export const listRestartSamples = (db: Executor, nodeIds: readonly string[]) =>
  nodeIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(restartSamples)
        .where(inArray(restartSamples.nodeId, [...nodeIds]));

export const upsertRestartSamples = (tx: Transaction, row: typeof restartSamples.$inferInsert) =>
  tx
    .insert(restartSamples)
    .values(row)
    .onConflictDoUpdate({ target: restartSamples.nodeId, set: { samples: row.samples, updatedAt: row.updatedAt } });

/** Forgets the samples of nodes that nobody looks at any more. */
export const deleteRestartSamplesBefore = (tx: Transaction, before: Date) =>
  tx.delete(restartSamples).where(lte(restartSamples.updatedAt, before));
