import type { CommandCtx } from "@/server/kernel/context";
import { actorName } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import { lockAlert } from "../alerts/repository";
import { ruleOf } from "../constants";
import { monitoringDomain } from "../domain";
import { incidentMachine } from "../machines";
import { isIncidentOver } from "../states";
import {
  findIncidentOfAlert,
  type IncidentRow,
  insertIncident,
  insertIncidentEntry,
  lockIncident,
  nextIncidentNumber,
} from "./repository";

/** One line of an incident's timeline, by whoever acts. */
export const noteEntry = (
  ctx: CommandCtx<string | null>,
  incident: Pick<IncidentRow, "id" | "organizationId">,
  kind: "opened" | "status" | "assigned" | "note" | "recovered",
  text: string,
) =>
  insertIncidentEntry(ctx.tx, {
    id: monitoringDomain.newId("incidentEntry"),
    organizationId: incident.organizationId,
    incidentId: incident.id,
    kind,
    actor: actorName(ctx.actor),
    text,
    at: ctx.now,
  });

const numberOf = (at: Date, sequence: number): string =>
  `INC-${at.toISOString().slice(0, 10).replaceAll("-", "")}-${String(sequence).padStart(4, "0")}`;

/** Opens the incident of a critical alert; one that has its incident keeps it. */
export const openIncident = defineChange(
  "monitoring.open-incident",
  async (ctx: CommandCtx<string | null>, { alertId }: { readonly alertId: string }) => {
    const alert = await lockAlert(ctx.tx, null, alertId);
    const isSo = alert?.status === "firing" || alert?.status === "acknowledged";
    if (!alert || !isSo || (await findIncidentOfAlert(ctx.tx, alertId))) {
      ctx.audit({ action: "monitoring.incident.late_look_ignored", targetType: "alert", targetId: alertId });
      return;
    }
    const incident = await insertIncident(ctx.tx, {
      id: monitoringDomain.newId("incident"),
      organizationId: alert.organizationId,
      number: numberOf(ctx.now, await nextIncidentNumber(ctx.tx)),
      alertId,
      rule: alert.rule,
      severity: alert.severity,
      title: `${ruleOf(alert.rule)?.title ?? alert.rule}: ${alert.subjectName}`,
      subjectKind: alert.subjectKind,
      subjectId: alert.subjectId,
      subjectName: alert.subjectName,
      status: "open",
      startedAt: alert.startedAt,
      openedAt: ctx.now,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    });
    if (!incident) throw new Error(`alert ${alertId} got an incident under its lock`);
    await noteEntry(ctx, incident, "opened", alert.sentence);
    ctx.audit({
      action: "monitoring.incident.opened",
      targetType: "incident",
      targetId: incident.id,
      organizationId: incident.organizationId,
      details: { number: incident.number, alertId, rule: alert.rule },
    });
  },
);

/** Ends the incident of an alert that is over; one that people had ended already is left as they left it. */
export async function recoverIncident(
  ctx: CommandCtx<string | null>,
  { alertId, words }: { readonly alertId: string; readonly words: string },
): Promise<void> {
  const found = await findIncidentOfAlert(ctx.tx, alertId);
  const incident = found && (await lockIncident(ctx.tx, null, found.id));
  if (!incident || isIncidentOver(incident.status)) return;
  await move(ctx, incidentMachine, incident, "resolved", {
    reason: "monitoring.recovered",
    patch: { resolvedAt: ctx.now, resolution: incident.resolution ?? words },
  });
  await noteEntry(ctx, incident, "recovered", words);
}

/** Whoever acknowledges an alert has its incident. */
export async function acknowledgeIncidentOf(ctx: CommandCtx<string | null>, alertId: string): Promise<void> {
  const found = await findIncidentOfAlert(ctx.tx, alertId);
  const incident = found && (await lockIncident(ctx.tx, null, found.id));
  if (incident?.status !== "open") return;
  await move(ctx, incidentMachine, incident, "acknowledged", { patch: { acknowledgedAt: ctx.now } });
  await noteEntry(ctx, incident, "status", "Acknowledged with its alert.");
}
