import { z } from "zod";
import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { alertNotFound } from "../errors";
import { findIncidentOfAlert, listIncidentsOfAlerts } from "../incidents/repository";
import { Alert, AlertPage, AlertRef, AlertSummary, ListAlertsInput } from "../schemas";
import { findAlert, listAlertRows, listOpenAlerts } from "./repository";
import { toAlert } from "./to-alert";

/** Alerts that fired, the newest first. */
export const listAlerts = defineQuery({
  verb: "monitoring.list-alerts",
  scope: "monitoring:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: ListAlertsInput,
  output: AlertPage,
  run: async (ctx, { limit, cursor, subject, ...filter }) => {
    const rows = await listAlertRows(ctx.db, ctx.organizationId, {
      ...filter,
      subjectId: subject,
      limit: limit + 1,
      after: decodeCursor(cursor),
    });
    const incidents = await listIncidentsOfAlerts(
      ctx.db,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows,
      limit,
      (row) => ({ sort: row.startedAt.toISOString(), id: row.id }),
      (row) => toAlert(row, incidents.find(({ alertId }) => alertId === row.id)?.id ?? null),
    );
  },
});

/** One alert. @throws not_found monitoring.alert_not_found */
export const getAlert = defineQuery({
  verb: "monitoring.get-alert",
  scope: "monitoring:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: AlertRef,
  output: Alert,
  run: async (ctx, { alertId }) => {
    const row = await findAlert(ctx.db, ctx.organizationId, alertId);
    if (!row) throw alertNotFound(alertId);
    return toAlert(row, (await findIncidentOfAlert(ctx.db, row.id))?.id ?? null);
  },
});

/** How many alerts go on, by how bad they are. */
export const summarizeAlerts = defineQuery({
  verb: "monitoring.summarize-alerts",
  scope: "monitoring:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: z.strictObject({}),
  output: AlertSummary,
  run: async (ctx) => {
    const open = (await listOpenAlerts(ctx.db, ctx.organizationId)).filter(({ status }) => status !== "pending");
    const countOf = (severity: string) => open.filter((alert) => alert.severity === severity).length;
    return {
      active: {
        critical: countOf("critical"),
        error: countOf("error"),
        warning: countOf("warning"),
        info: countOf("info"),
        total: open.length,
      },
    };
  },
});
