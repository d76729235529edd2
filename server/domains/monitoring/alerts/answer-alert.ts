import { actorName } from "@/server/kernel/context";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { alertNotFound } from "../errors";
import { acknowledgeIncidentOf, recoverIncident } from "../incidents/open-incident";
import { findIncidentOfAlert } from "../incidents/repository";
import { alertMachine } from "../machines";
import { Alert, AlertRef, ResolveAlertInput } from "../schemas";
import { lockAlert } from "./repository";
import { toAlert } from "./to-alert";

/** Says that somebody knows: nobody is told again while it goes on. @throws not_found monitoring.alert_not_found, invalid_state monitoring.invalid_alert_transition */
export const acknowledgeAlert = defineCommand({
  verb: "monitoring.acknowledge-alert",
  scope: "monitoring:write",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: AlertRef,
  output: Alert,
  run: async (ctx, { alertId }) => {
    const alert = await lockAlert(ctx.tx, ctx.organizationId, alertId);
    if (!alert) throw alertNotFound(alertId);
    const moved = await move(ctx, alertMachine, alert, "acknowledged", {
      patch: { acknowledgedAt: ctx.now, acknowledgedBy: actorName(ctx.actor) },
    });
    await acknowledgeIncidentOf(ctx, alertId);
    return toAlert(moved, (await findIncidentOfAlert(ctx.tx, alertId))?.id ?? null);
  },
});

/**
 * Ends an alert by hand. While its condition holds the next look opens another one.
 * @throws not_found monitoring.alert_not_found, invalid_state monitoring.invalid_alert_transition
 */
export const resolveAlert = defineCommand({
  verb: "monitoring.resolve-alert",
  scope: "monitoring:write",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: ResolveAlertInput,
  output: Alert,
  run: async (ctx, { alertId, note }) => {
    const alert = await lockAlert(ctx.tx, ctx.organizationId, alertId);
    if (!alert) throw alertNotFound(alertId);
    const moved = await move(ctx, alertMachine, alert, "resolved", {
      reason: "monitoring.by_hand",
      patch: {
        resolvedAt: ctx.now,
        resolvedBy: actorName(ctx.actor),
        note: note === "" ? null : note,
        inhibitedBy: null,
      },
    });
    await recoverIncident(ctx, { alertId, words: note === "" ? "Its alert was ended by hand." : note });
    return toAlert(moved, (await findIncidentOfAlert(ctx.tx, alertId))?.id ?? null);
  },
});
