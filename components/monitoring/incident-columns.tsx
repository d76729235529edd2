import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { AgeText } from "@/components/figures/age-text";
import { StateBadge } from "@/components/state/state-badge";
import { formatDuration } from "@/lib/format/format-duration";
import type { Incident, IncidentStats } from "@/server/domains/monitoring/schemas";
import { INCIDENT_JUDGEMENT } from "./monitoring-words";

/** How soon people were there, in one line; a mean of nothing is not said. */
export function statsSentence(stats: IncidentStats): string {
  const { days, opened, open, meanTimeToAcknowledgeMs: acknowledge, meanTimeToResolveMs: resolve } = stats;
  return [
    `${opened} opened within ${days} days, ${open} of them going on.`,
    ...(acknowledge === null ? [] : [`Acknowledged after ${formatDuration(acknowledge)} in the mean.`]),
    ...(resolve === null ? [] : [`Over after ${formatDuration(resolve)} in the mean.`]),
  ].join(" ");
}

export const INCIDENT_COLUMNS: readonly DataColumn<Incident>[] = [
  {
    id: "title",
    header: "Incident",
    isName: true,
    cell: ({ title }) => <NameCell name={title} />,
    text: ({ title }) => title,
  },
  {
    id: "number",
    header: "Number",
    cell: ({ number }) => <span className="font-mono text-xs">{number}</span>,
    text: ({ number }) => number,
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <StateBadge {...INCIDENT_JUDGEMENT[status]} />,
    text: ({ status }) => status,
  },
  {
    id: "opened",
    header: "Opened",
    cell: ({ openedAt }) => <AgeText at={openedAt} />,
    text: ({ openedAt }) => openedAt,
  },
  {
    id: "acknowledged",
    header: "Acknowledged after",
    cell: ({ timeToAcknowledgeMs }) =>
      timeToAcknowledgeMs === null ? (
        <span className="text-ink-muted">not yet</span>
      ) : (
        formatDuration(timeToAcknowledgeMs)
      ),
    text: ({ timeToAcknowledgeMs }) => String(timeToAcknowledgeMs ?? ""),
  },
  {
    id: "resolved",
    header: "Over after",
    cell: ({ timeToResolveMs }) =>
      timeToResolveMs === null ? <span className="text-ink-muted">goes on</span> : formatDuration(timeToResolveMs),
    text: ({ timeToResolveMs }) => String(timeToResolveMs ?? ""),
  },
];
