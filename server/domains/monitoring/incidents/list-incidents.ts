import { z } from "zod";
import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { incidentNotFound } from "../errors";
import { GetIncidentInput, IncidentPage, IncidentRecord, IncidentStats, ListIncidentsInput } from "../schemas";
import { findIncident, incidentMeans, listIncidentEntries, listIncidentRows } from "./repository";
import { toIncident } from "./to-incident";

const STATS_DAYS = 30;
const TIMELINE_PAGE_LINES = 200;

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

/** One incident with a page of its timeline, the oldest lines first. @throws not_found monitoring.incident_not_found */
export const getIncident = defineQuery({
  verb: "monitoring.get-incident",
  scope: "monitoring:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: GetIncidentInput,
  output: IncidentRecord,
  run: async (ctx, { incidentId, cursor }) => {
    const row = await findIncident(ctx.db, ctx.organizationId, incidentId);
    if (!row) throw incidentNotFound(incidentId);
    const rows = await listIncidentEntries(ctx.db, row.id, {
      limit: TIMELINE_PAGE_LINES + 1,
      after: decodeCursor(cursor),
    });
    const { items: timeline, nextCursor } = pageOf(
      rows,
      TIMELINE_PAGE_LINES,
      ({ id, at }) => ({ sort: at.toISOString(), id }),
      ({ id, kind, actor, text, at }) => ({ id, kind, actor, text, at: at.toISOString() }),
    );
    return { incident: toIncident(row, ctx.now), timeline: [...timeline], nextCursor };
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
