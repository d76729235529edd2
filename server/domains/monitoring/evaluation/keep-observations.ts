import type { CommandCtx } from "@/server/kernel/context";
import { defineChange } from "@/server/kernel/verbs";
import { deletePendingAlert, insertAlert, listOpenAlerts, updateAlert } from "../alerts/repository";
import { ruleOf } from "../constants";
import { monitoringDomain } from "../domain";
import { fingerprintOf, type Observation } from "./observe";

/**
 * Keeps what the rules found of one organisation: what begins to hold becomes a pending alert, what holds on is counted, and what came to nothing
 * before it fired is forgotten. Two evaluators at once open one alert, by its fingerprint.
 */
export const keepObservations = defineChange(
  "monitoring.keep-observations",
  async (
    ctx: CommandCtx<string | null>,
    {
      organizationId,
      observations,
    }: { readonly organizationId: string; readonly observations: readonly Observation[] },
  ) => {
    const found = new Map(observations.map((one) => [fingerprintOf(one), one]));
    const open = await listOpenAlerts(ctx.tx, organizationId);
    const known = new Set(open.map(({ fingerprint }) => fingerprint));
    for (const alert of open) {
      const seen = found.get(alert.fingerprint);
      if (seen?.holds === true) {
        const patch = { sentence: seen.sentence, subjectName: seen.subjectName, lastSeenAt: ctx.now };
        await updateAlert(ctx.tx, alert.id, { ...patch, count: alert.count + 1, updatedAt: ctx.now });
      } else if (alert.status === "pending" && seen?.holds !== null) {
        await deletePendingAlert(ctx.tx, alert.id);
      }
    }
    for (const [fingerprint, seen] of found) {
      const rule = ruleOf(seen.rule);
      if (seen.holds !== true || known.has(fingerprint) || rule === undefined) continue;
      const startedAt = seen.since !== null && seen.since < ctx.now ? seen.since : ctx.now;
      await insertAlert(ctx.tx, {
        id: monitoringDomain.newId("alert"),
        organizationId,
        rule: seen.rule,
        severity: rule.severity,
        subjectKind: seen.subjectKind,
        subjectId: seen.subjectId,
        subjectName: seen.subjectName,
        networkId: seen.networkId,
        fingerprint,
        status: "pending",
        sentence: seen.sentence,
        startedAt,
        lastSeenAt: ctx.now,
        createdAt: ctx.now,
        updatedAt: ctx.now,
      });
    }
  },
  { telemetry: true },
);
