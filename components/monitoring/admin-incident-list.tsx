"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { useListSearch } from "@/components/data-table/use-list-search";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import type { Incident, IncidentStats } from "@/server/domains/monitoring/schemas";
import { INCIDENT_COLUMNS, statsSentence } from "./incident-columns";
import { incidentListInput } from "./list-inputs";
import { OPEN_FILTER } from "./monitoring-words";

const REFETCH_MS = 10_000;

type AdminIncidentListProps = {
  initial: { readonly items: readonly Incident[]; readonly nextCursor: string | null } | undefined;
  stats: IncidentStats | undefined;
};

/** Incidents of every organisation, for operators. */
export function AdminIncidentList({ initial, stats }: AdminIncidentListProps) {
  const trpc = useTRPC();
  const search = useListSearch();
  const read = useQuery(
    trpc.monitoring.admin.listIncidents.queryOptions(incidentListInput(search), {
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: { ...initial, items: [...initial.items] } } : {}),
    }),
  );
  return (
    <ListPage
      id="admin-incidents"
      title="Incidents"
      facts={stats ? <span>{statsSentence(stats)}</span> : undefined}
      subject="The list of incidents"
      read={read}
      columns={INCIDENT_COLUMNS}
      filters={[OPEN_FILTER]}
      rowId={({ id }) => id}
      rowHref={({ id }) => `/admin/incidents/${id}`}
      empty={<EmptyState title="No incident so far">Those of every organisation stand here.</EmptyState>}
    />
  );
}
