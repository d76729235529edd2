import "server-only";

export { acknowledgeAlert, resolveAlert } from "./alerts/answer-alert";
export { getAlert, listAlerts, summarizeAlerts } from "./alerts/list-alerts";
export { evaluateRules } from "./evaluation/evaluate-rules";
export { FIGURES, type Figure, type FigureName, readFigures } from "./evaluation/read-figures";
export { getIncident, getIncidentStats, listIncidents } from "./incidents/list-incidents";
export { listPublicIncidents } from "./incidents/list-public-incidents";
export { assignIncident, moveIncident, noteIncident } from "./incidents/work-on-incident";
export { pruneRecords } from "./prune-records";
export { prometheusRules } from "./rules/prometheus-rules";
export { listRules, setRule } from "./rules/rule-settings";
export { createSilence, endSilence, listSilences } from "./silences/silences";
