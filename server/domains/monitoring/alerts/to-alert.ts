import { ruleOf } from "../constants";
import type { Alert } from "../schemas";
import type { AlertRow } from "./repository";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A row as callers see it; `incidentId` is that of the incident that it opened. */
export const toAlert = (row: AlertRow, incidentId: string | null): Alert => ({
  id: row.id,
  organizationId: row.organizationId,
  rule: row.rule,
  title: ruleOf(row.rule)?.title ?? row.rule,
  severity: row.severity,
  status: row.status,
  subjectKind: row.subjectKind,
  subjectId: row.subjectId,
  subjectName: row.subjectName,
  sentence: row.sentence,
  count: row.count,
  startedAt: row.startedAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  firedAt: iso(row.firedAt),
  acknowledgedAt: iso(row.acknowledgedAt),
  acknowledgedBy: row.acknowledgedBy,
  resolvedAt: iso(row.resolvedAt),
  resolvedBy: row.resolvedBy,
  note: row.note,
  inhibitedBy: row.inhibitedBy,
  silencedBy: row.silencedBy,
  toldCount: row.toldCount,
  lastToldAt: iso(row.lastToldAt),
  runbook: ruleOf(row.rule)?.runbook ?? null,
  incidentId,
});
