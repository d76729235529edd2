import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { ALERT_STATUSES, INCIDENT_STATUSES } from "../states/monitoring";
import { id, instant, timestamps } from "./columns";

export const alertStatus = pgEnum("alert_status", ALERT_STATUSES);
export const incidentStatus = pgEnum("incident_status", INCIDENT_STATUSES);

/** Incidents are numbered in the order in which they were opened; a number that a rolled back transaction took is not given out again. */
export const incidentNumbers = pgSequence("incident_numbers", { startWith: 1, increment: 1 });

/** One row is one matter of one organisation from its first sign to its end. */
export const alerts = pgTable(
  "alerts",
  {
    id: id(),
    organizationId: text().notNull(),
    /** Code of the rule. */
    rule: text().notNull(),
    severity: text().$type<"info" | "warning" | "error" | "critical">().notNull(),
    subjectKind: text().$type<"validator" | "network" | "organization" | "region">().notNull(),
    subjectId: text().notNull(),
    /** As people call the subject. */
    subjectName: text().notNull(),
    networkId: text(),
    /** Rule and subject; one open alert has it. */
    fingerprint: text().notNull(),
    status: alertStatus().notNull(),
    /** Code of why it ended; null before. */
    statusReason: text(),
    /** What is the matter, in one sentence with its figures, as last seen. */
    sentence: text().notNull(),
    /** How often it was seen. */
    count: integer().notNull().default(1),
    /** Since when it is so. */
    startedAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    firedAt: instant(),
    acknowledgedAt: instant(),
    acknowledgedBy: text(),
    resolvedAt: instant(),
    resolvedBy: text(),
    note: text(),
    /** The alert that says the same with more weight; nobody is told of this one while it is open. */
    inhibitedBy: text(),
    /** The silence or maintenance window that holds now. */
    silencedBy: text(),
    /** Alerts that were told of in one message end in one message. */
    threadKey: text(),
    toldCount: integer().notNull().default(0),
    lastToldAt: instant(),
    endToldAt: instant(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("alerts_open_uq").on(table.organizationId, table.fingerprint).where(sql`${table.status} <> 'resolved'`),
    index("alerts_organization_idx").on(table.organizationId, table.startedAt, table.id),
    index("alerts_started_idx").on(table.startedAt, table.id),
    index("alerts_subject_idx").on(table.subjectId, table.startedAt),
    index("alerts_end_untold_idx")
      .on(table.resolvedAt)
      .where(sql`${table.status} = 'resolved' and ${table.endToldAt} is null and ${table.toldCount} > 0`),
  ],
);

/** One row is what an organisation wants otherwise of one rule. */
export const alertRuleSettings = pgTable(
  "alert_rule_settings",
  {
    organizationId: text().notNull(),
    rule: text().notNull(),
    isEnabled: boolean().notNull(),
    /** Null leaves the rule's own. */
    threshold: integer(),
    forSeconds: integer(),
    updatedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.rule] })],
);

/** One row is one time in which nobody is told: of a rule, of a validator, or of everything. */
export const alertSilences = pgTable(
  "alert_silences",
  {
    id: id(),
    organizationId: text().notNull(),
    kind: text().$type<"silence" | "maintenance">().notNull(),
    /** Null for every rule. */
    rule: text(),
    /** Null for every subject. */
    subjectId: text(),
    reason: text().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant().notNull(),
    createdBy: text().notNull(),
    /** Set when somebody ended it early. */
    endedAt: instant(),
    ...timestamps(),
  },
  (table) => [index("alert_silences_organization_idx").on(table.organizationId, table.endsAt)],
);

/** One row is one critical alert as people work on it. */
export const incidents = pgTable(
  "incidents",
  {
    id: id(),
    organizationId: text().notNull(),
    /** `INC-YYYYMMDD-NNNN`. */
    number: text().notNull(),
    alertId: text()
      .notNull()
      .references(() => alerts.id),
    rule: text().notNull(),
    severity: text().$type<"info" | "warning" | "error" | "critical">().notNull(),
    title: text().notNull(),
    subjectKind: text().$type<"validator" | "network" | "organization" | "region">().notNull(),
    subjectId: text().notNull(),
    subjectName: text().notNull(),
    status: incidentStatus().notNull(),
    statusReason: text(),
    assignedToUserId: text(),
    /** Since when it was so; the alert was opened later. */
    startedAt: instant().notNull(),
    openedAt: instant().notNull(),
    acknowledgedAt: instant(),
    resolvedAt: instant(),
    closedAt: instant(),
    resolution: text(),
    ...timestamps(),
  },
  (table) => [
    uniqueIndex("incidents_number_uq").on(table.number),
    uniqueIndex("incidents_alert_uq").on(table.alertId),
    index("incidents_organization_idx").on(table.organizationId, table.openedAt, table.id),
    index("incidents_opened_idx").on(table.openedAt, table.id),
  ],
);

/** One row is one line of an incident's timeline. */
export const incidentEntries = pgTable(
  "incident_entries",
  {
    id: id(),
    organizationId: text().notNull(),
    incidentId: text()
      .notNull()
      .references(() => incidents.id, { onDelete: "cascade" }),
    kind: text().$type<"opened" | "status" | "assigned" | "note" | "recovered">().notNull(),
    actor: text().notNull(),
    text: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [index("incident_entries_incident_idx").on(table.incidentId, table.at, table.id)],
);

/** One row is what a node's counter of restarts was in the last hour, a few samples. */
export const restartSamples = pgTable("restart_samples", {
  nodeId: text().primaryKey(),
  samples: jsonb().$type<readonly { readonly at: string; readonly count: number }[]>().notNull(),
  updatedAt: instant().notNull(),
});
