import { z } from "zod";
import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { incidentNotFound } from "../errors";
import { findIncident, incidentMeans, listIncidentEntries, listIncidentRows } from "../repository";
import { IncidentPage, IncidentRecord, IncidentRef, IncidentStats, ListIncidentsInput } from "../schemas";
import { toIncident } from "./to-incident";

const STATS_DAYS = 30;

/** Incidents, the newest first. */
export const listIncidents = defineQuery({
  verb: "monitoring.list-incidents",
  scope: "monitoring:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: ListIncidentsInput,
  output: IncidentPage,
  run: async (ctx, { limit, cursor, isOpen }) => {
    const rows = await listIncidentRows(ctx.db, ctx.organizationId, {
      limit: limit + 1,
      after: decodeCursor(cursor),
      isOpen,
    });
    return pageOf(
      rows,
      limit,
      (row) => ({ sort: row.openedAt.toISOString(), id: row.id }),
      (row) => toIncident(row, ctx.now),
    );
  },
});

/** One incident with its timeline. @throws not_found monitoring.incident_not_found */
export const getIncident = defineQuery({
  verb: "monitoring.get-incident",
  scope: "monitoring:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: IncidentRef,
  output: IncidentRecord,
  run: async (ctx, { incidentId }) => {
    const row = await findIncident(ctx.db, ctx.organizationId, incidentId);
    if (!row) throw incidentNotFound(incidentId);
    const entries = await listIncidentEntries(ctx.db, row.id);
    return {
      incident: toIncident(row, ctx.now),
      timeline: entries.map(({ id, kind, actor, text, at }) => ({ id, kind, actor, text, at: at.toISOString() })),
    };
  },
});

/** How soon people were there and how soon it was over, in the mean of the last thirty days. */
export const getIncidentStats = defineQuery({
  verb: "monitoring.get-incident-stats",
  scope: "monitoring:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: z.strictObject({}),
  output: IncidentStats,
  run: async (ctx) => {
    const since = new Date(ctx.now.getTime() - STATS_DAYS * 24 * 3_600_000);
    const { opened, open, acknowledgeMs, resolveMs } = await incidentMeans(ctx.db, ctx.organizationId, since);
    return { days: STATS_DAYS, opened, open, meanTimeToAcknowledgeMs: acknowledgeMs, meanTimeToResolveMs: resolveMs };
  },
});
