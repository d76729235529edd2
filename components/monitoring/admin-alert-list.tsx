"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataColumn } from "@/components/data-table/data-column";
import { useListSearch } from "@/components/data-table/use-list-search";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { shortenMiddle } from "@/lib/format/shorten-middle";
import type { Alert } from "@/server/domains/monitoring/schemas";
import { ALERT_COLUMNS, ALERT_FILTERS } from "./alert-columns";
import { alertListInput } from "./list-inputs";

const REFETCH_MS = 10_000;
const COLUMNS: readonly DataColumn<Alert>[] = [
  ...ALERT_COLUMNS,
  {
    id: "organization",
    header: "Organisation",
    cell: ({ organizationId }) => <span className="font-mono text-xs">{shortenMiddle(organizationId, 8, 6)}</span>,
    text: ({ organizationId }) => organizationId,
  },
];

/** Alerts of every organisation, for operators. */
export function AdminAlertList({
  initial,
}: {
  initial: { readonly items: readonly Alert[]; readonly nextCursor: string | null } | undefined;
}) {
  const trpc = useTRPC();
  const search = useListSearch();
  const read = useQuery(
    trpc.monitoring.admin.listAlerts.queryOptions(alertListInput(search), {
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: { ...initial, items: [...initial.items] } } : {}),
    }),
  );
  return (
    <ListPage
      id="admin-alerts"
      title="Alerts"
      subject="The list of alerts"
      read={read}
      columns={COLUMNS}
      filters={ALERT_FILTERS}
      rowId={({ id }) => id}
      empty={<EmptyState title="No alert so far">What goes wrong for any organisation stands here.</EmptyState>}
    />
  );
}
