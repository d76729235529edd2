"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataFilter } from "@/components/data-table/data-column";
import { useListSearch } from "@/components/data-table/use-list-search";
import { ListPage } from "@/components/layout/list-page";
import { SERVER_JUDGEMENT } from "@/components/regions/region-words";
import { EmptyState } from "@/components/state/empty-state";
import { choicesOf } from "@/components/state/judgements";
import { Button } from "@/components/ui/button";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";
import { serverListInput } from "../list-inputs";
import { EnrolServer } from "./enrol-server";
import { SERVER_COLUMNS } from "./server-columns";

const REFETCH_MS = 10_000;
const FILTERS: readonly DataFilter[] = [
  { kind: "choice", name: "status", label: "State", options: choicesOf(SERVER_JUDGEMENT) },
];

type Page = { readonly items: readonly RegionServer[]; readonly nextCursor: string | null };

/** Servers of every region, read again every few seconds, and the way to enrol one more. */
export function ServerList({ initial }: { initial: Page | undefined }) {
  const trpc = useTRPC();
  const [isEnrolling, setEnrolling] = useState(false);
  const read = useQuery(
    trpc.regions.listServers.queryOptions(serverListInput(useListSearch()), {
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: { ...initial, items: [...initial.items] } } : {}),
    }),
  );
  return (
    <ListPage
      id="admin-servers"
      title="Servers"
      facts="Of every region, newest first; each one's agent reports every 30 seconds."
      actions={
        <Button kind="primary" onClick={() => setEnrolling(true)}>
          <Plus />
          Enrol server
        </Button>
      }
      subject="The list of servers"
      read={read}
      columns={SERVER_COLUMNS}
      filters={FILTERS}
      rowId={({ id }) => id}
      rowHref={({ id }) => `/admin/servers/${id}`}
      empty={
        <EmptyState title="No server yet">
          A machine becomes a server of a region with a token that is good once: enrol one here, and run the command
          that is shown on it. Until then health and latency of regions are unknown.
        </EmptyState>
      }
    >
      <EnrolServer open={isEnrolling} onOpenChange={setEnrolling} />
    </ListPage>
  );
}
