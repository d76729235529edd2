import type { DataColumn, DataFilter } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { AgeText } from "@/components/figures/age-text";
import { StateBadge } from "@/components/state/state-badge";
import { groupDigits } from "@/lib/format/group-digits";
import { SEVERITIES } from "@/server/domains/monitoring/constants";
import type { Alert } from "@/server/domains/monitoring/schemas";
import { alertJudgement, OPEN_FILTER, SEVERITY_WORDS } from "./monitoring-words";

export const ALERT_FILTERS: readonly DataFilter[] = [
  OPEN_FILTER,
  {
    kind: "choice",
    name: "severity",
    label: "Severity",
    options: SEVERITIES.map((value) => ({ value, label: SEVERITY_WORDS[value] })),
  },
];

export const ALERT_COLUMNS: readonly DataColumn<Alert>[] = [
  {
    id: "title",
    header: "Alert",
    isName: true,
    cell: ({ title, subjectName }) => <NameCell name={`${title}: ${subjectName}`} />,
    text: ({ title, subjectName }) => `${title}: ${subjectName}`,
  },
  {
    id: "state",
    header: "State",
    cell: (alert) => <StateBadge {...alertJudgement(alert)} />,
    text: (alert) => alertJudgement(alert).word,
  },
  { id: "sentence", header: "What is the matter", cell: ({ sentence }) => sentence, text: ({ sentence }) => sentence },
  {
    id: "started",
    header: "Since",
    cell: ({ startedAt }) => <AgeText at={startedAt} />,
    text: ({ startedAt }) => startedAt,
  },
  {
    id: "ended",
    header: "Ended",
    cell: ({ resolvedAt }) =>
      resolvedAt ? <AgeText at={resolvedAt} /> : <span className="text-ink-muted">goes on</span>,
    text: ({ resolvedAt }) => resolvedAt ?? "",
  },
  {
    id: "count",
    header: "Seen",
    align: "right",
    isHiddenAtFirst: true,
    cell: ({ count }) => `${groupDigits(count)} times`,
    text: ({ count }) => String(count),
  },
];
