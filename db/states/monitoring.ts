/** How far an alert is: what may come to nothing, what is so, what somebody has seen, what is over. */
export const ALERT_STATUSES = ["pending", "firing", "acknowledged", "resolved"] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** How far people are with what went wrong. */
export const INCIDENT_STATUSES = [
  "open",
  "acknowledged",
  "investigating",
  "identified",
  "monitoring",
  "resolved",
  "closed",
] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];
