import "server-only";
import { publish, publishAll } from "@/server/kernel/publish";
import { acknowledgeAlert, resolveAlert } from "./alerts/answer-alert";
import { getAlert, listAlerts, summarizeAlerts } from "./alerts/list-alerts";
import { getIncident, getIncidentStats, listIncidents } from "./incidents/list-incidents";
import { listPublicIncidents } from "./incidents/list-public-incidents";
import { assignIncident, moveIncident, noteIncident } from "./incidents/work-on-incident";
import { listRules, setRule } from "./rules/rule-settings";
import { createSilence, endSilence, listSilences } from "./silences/silences";

/** Alerts, rules, silences and incidents, and the operators' doors to every organisation's. */
export const published = publishAll("monitoring", "Monitoring", [
  publish(listPublicIncidents, {
    rest: "GET /status/incidents",
    trpc: "listPublicIncidents",
    summary: "Outages of whole networks in the last 90 days",
  }),
  publish(listAlerts, {
    rest: "GET /alerts",
    trpc: "listAlerts",
    operators: { rest: "GET /admin/alerts", trpc: "admin.listAlerts" },
    summary: "Alerts that fired, newest first",
  }),
  publish(summarizeAlerts, {
    rest: "GET /alerts/summary",
    trpc: "summarizeAlerts",
    operators: { rest: "GET /admin/alerts/summary", trpc: "admin.summarizeAlerts" },
    summary: "How many alerts go on, by severity",
  }),
  publish(getAlert, {
    rest: "GET /alerts/{alertId}",
    trpc: "getAlert",
    operators: { rest: "GET /admin/alerts/{alertId}", trpc: "admin.getAlert" },
    summary: "One alert",
  }),
  publish(acknowledgeAlert, {
    rest: "POST /alerts/{alertId}/acknowledge",
    trpc: "acknowledgeAlert",
    operators: { rest: "POST /admin/alerts/{alertId}/acknowledge", trpc: "admin.acknowledgeAlert" },
    summary: "Says that somebody knows; nobody is told again while it goes on",
  }),
  publish(resolveAlert, {
    rest: "POST /alerts/{alertId}/resolve",
    trpc: "resolveAlert",
    operators: { rest: "POST /admin/alerts/{alertId}/resolve", trpc: "admin.resolveAlert" },
    summary: "Ends an alert by hand",
  }),
  publish(listRules, {
    rest: "GET /alert-rules",
    trpc: "listRules",
    summary: "Every rule as it holds for the organisation",
  }),
  publish(setRule, {
    rest: "PUT /alert-rules/{rule}",
    trpc: "setRule",
    summary: "Sets a rule's figure, its patience, or switches it off",
  }),
  publish(listSilences, {
    rest: "GET /alert-silences",
    trpc: "listSilences",
    summary: "Silences and maintenance windows, newest first",
  }),
  publish(createSilence, {
    rest: "POST /alert-silences",
    trpc: "createSilence",
    status: 201,
    summary: "Keeps everybody from being told for a time",
  }),
  publish(endSilence, {
    rest: "POST /alert-silences/{silenceId}/end",
    trpc: "endSilence",
    summary: "Ends a silence or maintenance window now",
  }),
  publish(listIncidents, {
    rest: "GET /incidents",
    trpc: "listIncidents",
    operators: { rest: "GET /admin/incidents", trpc: "admin.listIncidents" },
    summary: "Incidents, newest first",
  }),
  publish(getIncidentStats, {
    rest: "GET /incidents/stats",
    trpc: "getIncidentStats",
    operators: { rest: "GET /admin/incidents/stats", trpc: "admin.getIncidentStats" },
    summary: "Mean times to acknowledge and to resolve, of the last thirty days",
  }),
  publish(getIncident, {
    rest: "GET /incidents/{incidentId}",
    trpc: "getIncident",
    operators: { rest: "GET /admin/incidents/{incidentId}", trpc: "admin.getIncident" },
    summary: "One incident with its timeline",
  }),
  publish(moveIncident, {
    rest: "POST /incidents/{incidentId}/status",
    trpc: "moveIncident",
    operators: { rest: "POST /admin/incidents/{incidentId}/status", trpc: "admin.moveIncident" },
    summary: "Moves an incident on: acknowledged, investigating, identified, monitoring, resolved, closed",
  }),
  publish(noteIncident, {
    rest: "POST /incidents/{incidentId}/notes",
    trpc: "noteIncident",
    operators: { rest: "POST /admin/incidents/{incidentId}/notes", trpc: "admin.noteIncident" },
    summary: "Writes a line into an incident's timeline",
  }),
  publish(assignIncident, {
    rest: "POST /incidents/{incidentId}/assign",
    trpc: "assignIncident",
    operators: { rest: "POST /admin/incidents/{incidentId}/assign", trpc: "admin.assignIncident" },
    summary: "Gives an incident to a member of the organisation",
  }),
]);
