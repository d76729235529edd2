import { z } from "zod";
import { defineCommand } from "@/server/kernel/verbs";
import { deleteResolvedAlerts } from "./alerts/repository";
import { RECORDS_KEPT_DAYS, SILENCES_KEPT_DAYS } from "./constants";
import { deleteClosedIncidents } from "./incidents/repository";
import { deleteEndedSilences } from "./silences/repository";

/** Forgets what was over so long ago that nobody asks for it. An incident that nobody closed is still somebody's work, and stays with its alert. */
export const pruneRecords = defineCommand({
  verb: "monitoring.prune-records",
  scope: "platform:write",
  tenancy: "platform",
  telemetry: true,
  input: z.strictObject({}),
  run: async (ctx) => {
    const before = (days: number) => new Date(ctx.now.getTime() - days * 24 * 3_600_000);
    const incidents = await deleteClosedIncidents(ctx.tx, before(RECORDS_KEPT_DAYS));
    const alerts = await deleteResolvedAlerts(ctx.tx, before(RECORDS_KEPT_DAYS));
    const silences = await deleteEndedSilences(ctx.tx, before(SILENCES_KEPT_DAYS));
    return { incidents, alerts, silences };
  },
});
