import { alerts, incidents } from "@/db/schema/monitoring";
import { machine } from "@/server/kernel/machine";
import { ALERT_MOVES, INCIDENT_MOVES } from "./states";

export const alertMachine = machine({
  table: alerts,
  column: "status",
  reasonColumn: "statusReason",
  movedAtColumn: "updatedAt",
  moves: ALERT_MOVES,
  refusal: { code: "monitoring.invalid_alert_transition", subject: "The alert" },
  audit: ({ from, to, reason, row }) => ({
    action: `monitoring.alert.${to}`,
    targetType: "alert",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to, rule: row.rule, subjectId: row.subjectId, ...(reason === null ? {} : { reason }) },
  }),
});

export const incidentMachine = machine({
  table: incidents,
  column: "status",
  reasonColumn: "statusReason",
  movedAtColumn: "updatedAt",
  moves: INCIDENT_MOVES,
  refusal: { code: "monitoring.invalid_incident_transition", subject: "The incident" },
  audit: ({ from, to, reason, row }) => ({
    action: `monitoring.incident.${to}`,
    targetType: "incident",
    targetId: row.id,
    organizationId: row.organizationId,
    details: { from, to, number: row.number, ...(reason === null ? {} : { reason }) },
  }),
});
