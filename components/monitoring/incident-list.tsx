"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { useListSearch } from "@/components/data-table/use-list-search";
import { useOrganizationHref } from "@/components/layout/console-place";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import type { Incident, IncidentStats } from "@/server/domains/monitoring/schemas";
import { INCIDENT_COLUMNS, statsSentence } from "./incident-columns";
import { incidentListInput } from "./list-inputs";
import { OPEN_FILTER } from "./monitoring-words";

const REFETCH_MS = 10_000;

type IncidentListProps = {
  initial: { readonly items: readonly Incident[]; readonly nextCursor: string | null } | undefined;
  stats: IncidentStats | undefined;
};

/** The organisation's incidents, newest first, and how soon people were there. */
export function IncidentList({ initial, stats: initialStats }: IncidentListProps) {
  const trpc = useTRPC();
  const hrefOf = useOrganizationHref();
  const search = useListSearch();
  const read = useQuery(
    trpc.monitoring.listIncidents.queryOptions(incidentListInput(search), {
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: { ...initial, items: [...initial.items] } } : {}),
    }),
  );
  const stats = useQuery(
    trpc.monitoring.getIncidentStats.queryOptions(
      {},
      { refetchInterval: REFETCH_MS, ...(initialStats ? { initialData: initialStats } : {}) },
    ),
  );
  return (
    <ListPage
      id="incidents"
      title="Incidents"
      facts={stats.data ? <span>{statsSentence(stats.data)}</span> : undefined}
      subject="The list of incidents"
      read={read}
      columns={INCIDENT_COLUMNS}
      filters={[OPEN_FILTER]}
      rowId={({ id }) => id}
      rowHref={({ id }) => hrefOf(`/incidents/${id}`)}
      empty={
        <EmptyState title="No incident so far">
          A critical alert opens one by itself, and its recovery ends it.
        </EmptyState>
      }
    />
  );
}
