import { ruleOf } from "../constants";
import type { Incident } from "../schemas";
import type { IncidentRow } from "./repository";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const between = (from: Date, to: Date | null): number | null => (to === null ? null : to.getTime() - from.getTime());

/** A row as callers see it, with its times computed from the row. */
export const toIncident = (row: IncidentRow, now: Date): Incident => ({
  id: row.id,
  organizationId: row.organizationId,
  number: row.number,
  alertId: row.alertId,
  title: row.title,
  rule: row.rule,
  severity: row.severity,
  status: row.status,
  subjectKind: row.subjectKind,
  subjectId: row.subjectId,
  subjectName: row.subjectName,
  assignedToUserId: row.assignedToUserId,
  startedAt: row.startedAt.toISOString(),
  openedAt: row.openedAt.toISOString(),
  acknowledgedAt: iso(row.acknowledgedAt),
  resolvedAt: iso(row.resolvedAt),
  closedAt: iso(row.closedAt),
  resolution: row.resolution,
  timeToAcknowledgeMs: between(row.openedAt, row.acknowledgedAt),
  timeToResolveMs: between(row.openedAt, row.resolvedAt),
  downtimeMs: (row.resolvedAt ?? now).getTime() - row.startedAt.getTime(),
  runbook: ruleOf(row.rule)?.runbook ?? null,
});
