import type { Judgement } from "@/components/state/judgements";
import type { Severity } from "@/server/domains/monitoring/constants";
import type { Alert, Incident } from "@/server/domains/monitoring/schemas";

export const SEVERITY_WORDS: Record<Severity, string> = {
  info: "Info",
  warning: "Warning",
  error: "Error",
  critical: "Critical",
};

/** How an alert stands: over, seen by somebody, kept quiet, or as bad as its rule says. */
export function alertJudgement(alert: Pick<Alert, "status" | "severity" | "inhibitedBy" | "silencedBy">): Judgement {
  if (alert.status === "resolved") return { state: "ok", word: "Over" };
  const word = SEVERITY_WORDS[alert.severity];
  if (alert.silencedBy !== null) return { state: "off", word: `${word}, silenced` };
  if (alert.inhibitedBy !== null) return { state: "off", word: `${word}, part of another` };
  const state = alert.severity === "critical" || alert.severity === "error" ? "danger" : "attention";
  return { state, word: alert.status === "acknowledged" ? `${word}, acknowledged` : word };
}

export const INCIDENT_JUDGEMENT: Record<Incident["status"], Judgement> = {
  open: { state: "danger", word: "Open" },
  acknowledged: { state: "attention", word: "Acknowledged" },
  investigating: { state: "attention", word: "Investigating" },
  identified: { state: "attention", word: "Identified" },
  monitoring: { state: "attention", word: "Monitoring" },
  resolved: { state: "ok", word: "Resolved" },
  closed: { state: "off", word: "Closed" },
};

/** Choices of the filter that every list here has: what goes on, and what is over. */
export const OPEN_FILTER = {
  kind: "choice",
  name: "state",
  label: "State",
  options: [
    { value: "open", label: "Going on" },
    { value: "over", label: "Over" },
  ],
} as const;

/** What that filter asks of the server. */
export function openFilter(search: URLSearchParams): { isOpen?: boolean } {
  const state = search.get("state");
  return state === "open" ? { isOpen: true } : state === "over" ? { isOpen: false } : {};
}
