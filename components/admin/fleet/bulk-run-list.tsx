"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataColumn } from "@/components/data-table/data-column";
import { useListSearch } from "@/components/data-table/use-list-search";
import { AgeText } from "@/components/figures/age-text";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { StateBadge } from "@/components/state/state-badge";
import type { BulkRun } from "@/server/domains/fleet/schemas";
import { bulkRunListInput } from "../list-inputs";
import { ACT_WORDS, progressOf, RUN_JUDGEMENT } from "./bulk-words";

const REFETCH_MS = 5_000;
const COLUMNS: readonly DataColumn<BulkRun>[] = [
  {
    id: "act",
    header: "Act",
    isName: true,
    cell: ({ act, nodes }) => `${ACT_WORDS[act].past} ${nodes} ${nodes === 1 ? "node" : "nodes"}`,
    text: ({ act, nodes }) => `${act} ${nodes}`,
  },
  {
    id: "status",
    header: "State",
    cell: ({ status }) => <StateBadge {...RUN_JUDGEMENT[status]} />,
    text: ({ status }) => status,
  },
  {
    id: "progress",
    header: "Nodes",
    cell: ({ counts }) => progressOf(counts),
    text: ({ counts }) => progressOf(counts),
  },
  {
    id: "reason",
    header: "Reason",
    cell: ({ reason }) => <span className="break-words">{reason}</span>,
    text: ({ reason }) => reason,
  },
  {
    id: "by",
    header: "Asked by",
    cell: ({ startedBy }) => <span className="font-mono text-xs break-all">{startedBy}</span>,
    text: ({ startedBy }) => startedBy,
  },
  {
    id: "begun",
    header: "Begun",
    align: "right",
    cell: ({ createdAt }) => <AgeText at={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
];
type Page = { readonly items: readonly BulkRun[]; readonly nextCursor: string | null };

/** Acts on many nodes, newest first. */
export function BulkRunList({ initial }: { initial: Page | undefined }) {
  const trpc = useTRPC();
  const read = useQuery(
    trpc.fleet.listBulkRuns.queryOptions(bulkRunListInput(useListSearch()), {
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: initial } : {}),
    }),
  );
  return (
    <ListPage
      id="admin-bulk-runs"
      title="Bulk runs"
      trail={[{ href: "/admin/fleet", label: "Fleet" }]}
      facts="Acts on many nodes, newest first."
      subject="The list of bulk runs"
      read={read}
      columns={COLUMNS}
      rowId={({ id }) => id}
      rowHref={({ id }) => `/admin/fleet/runs/${id}`}
      empty={
        <EmptyState title="No bulk run yet">
          Choose validators on the page Fleet, or filter them, and act on all of them: what would happen to each is
          shown first.
        </EmptyState>
      }
    />
  );
}
