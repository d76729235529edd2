"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveRead } from "@/components/data/use-live";
import type { DataFilter } from "@/components/data-table/data-column";
import { useListSearch } from "@/components/data-table/use-list-search";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { choicesOf, NODE_JUDGEMENT } from "@/components/state/judgements";
import { RUNTIMES } from "@/server/domains/validators/constants";
import { nodeListInput } from "../list-inputs";
import { NODE_COLUMNS, type NodeRow } from "./node-columns";

const FILTERS: readonly DataFilter[] = [
  { kind: "words", name: "search", label: "Search", placeholder: "Validator, operator or node id" },
  { kind: "choice", name: "status", label: "Status", options: choicesOf(NODE_JUDGEMENT) },
  {
    kind: "choice",
    name: "runtime",
    label: "Runtime",
    options: RUNTIMES.map((value) => ({ value, label: value })),
  },
];

type Page = { readonly items: readonly NodeRow[]; readonly nextCursor: string | null };

/** Nodes of every organisation, live. */
export function NodeList({ initial }: { initial: Page | undefined }) {
  const trpc = useTRPC();
  const input = nodeListInput(useListSearch());
  const pace = useLiveRead(trpc.validators.admin.listNodes.queryKey(input));
  const read = useQuery(
    trpc.validators.admin.listNodes.queryOptions(input, {
      ...pace,
      ...(initial ? { initialData: initial } : {}),
    }),
  );
  return (
    <ListPage
      id="admin-nodes"
      title="Nodes"
      facts="Of every organisation, newest first unless you sort them; each is asked every few seconds."
      subject="The list of nodes"
      read={read}
      columns={NODE_COLUMNS}
      filters={FILTERS}
      rowId={({ node }) => node.id}
      rowHref={({ node }) => `/admin/nodes/${node.id}`}
      empty={
        <EmptyState title="No node yet">
          A node is made when a setup request is provisioned. From then on it stands here with what its host and its own
          RPC say of it.
        </EmptyState>
      }
    />
  );
}
