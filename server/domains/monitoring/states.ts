import type { AlertStatus, IncidentStatus } from "@/db/states/monitoring";
import { canTransition, type TransitionTable } from "@/server/kernel/states";

/** In words: it is pending for as long as its rule says, then fires until it is over; somebody may have seen it in between. */
export const ALERT_MOVES: TransitionTable<AlertStatus> = {
  pending: ["firing"],
  firing: ["acknowledged", "resolved"],
  acknowledged: ["resolved"],
  resolved: [],
};

/** In words: people move it as they work; recovery ends it from wherever they are, and closing is theirs alone. */
export const INCIDENT_MOVES: TransitionTable<IncidentStatus> = {
  open: ["acknowledged", "investigating", "identified", "monitoring", "resolved"],
  acknowledged: ["investigating", "identified", "monitoring", "resolved"],
  investigating: ["identified", "monitoring", "resolved"],
  identified: ["investigating", "monitoring", "resolved"],
  monitoring: ["investigating", "identified", "resolved"],
  resolved: ["closed"],
  closed: [],
};

export const canAcknowledgeAlert = (status: AlertStatus): boolean => canTransition(ALERT_MOVES, status, "acknowledged");
export const canResolveAlert = (status: AlertStatus): boolean => canTransition(ALERT_MOVES, status, "resolved");
/** What a person may make of the incident next. */
export const nextIncidentStatuses = (status: IncidentStatus): readonly IncidentStatus[] => INCIDENT_MOVES[status];
export const isIncidentOver = (status: IncidentStatus): boolean => status === "resolved" || status === "closed";
