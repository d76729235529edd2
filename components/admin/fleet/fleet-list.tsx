"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo, useState } from "react";
import { useTRPC } from "@/components/data/trpc-client";
import type { DataFilter } from "@/components/data-table/data-column";
import { useListSearch } from "@/components/data-table/use-list-search";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { choicesOf, NODE_STANDING_WORDS, STANDING_JUDGEMENT } from "@/components/state/judgements";
import { Button } from "@/components/ui/button";
import type { FleetRow, VersionSpread } from "@/server/domains/fleet/schemas";
import { DRIVERS, NODE_STANDINGS } from "@/server/domains/validators/constants";
import { fleetFilters, fleetListInput } from "../list-inputs";
import { BulkSheet, type Meant } from "./bulk-sheet";
import { fleetColumns } from "./fleet-columns";
import { VersionSpreadPanel } from "./version-spread";

const REFETCH_MS = 5_000;

export type FleetChoices = {
  readonly networks: readonly { readonly value: string; readonly label: string }[];
  readonly regions: readonly { readonly value: string; readonly label: string }[];
};
type Page = { items: FleetRow[]; nextCursor: string | null };

const filtersOf = ({ networks, regions }: FleetChoices): readonly DataFilter[] => [
  { kind: "words", name: "search", label: "Search", placeholder: "Validator, wallet, operator or id" },
  { kind: "choice", name: "networkId", label: "Network", options: networks },
  { kind: "choice", name: "regionCode", label: "Region", options: regions },
  { kind: "choice", name: "driver", label: "Driver", options: DRIVERS.map((value) => ({ value, label: value })) },
  { kind: "choice", name: "standing", label: "Validator's state", options: choicesOf(STANDING_JUDGEMENT) },
  {
    kind: "choice",
    name: "nodeState",
    label: "Node",
    options: NODE_STANDINGS.map((value) => ({ value, label: NODE_STANDING_WORDS[value] })),
  },
  { kind: "words", name: "version", label: "Version", placeholder: "Version, as v1.0.0" },
];

type FleetListProps = {
  initial: Page | undefined;
  spread: VersionSpread | undefined;
  choices: FleetChoices;
};

/** Validators and nodes of every organisation, with acts on those that are chosen or filtered. */
export function FleetList({ initial, spread, choices }: FleetListProps) {
  const trpc = useTRPC();
  const search = useListSearch();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [meant, setMeant] = useState<Meant>();
  const read = useQuery(
    trpc.fleet.listFleet.queryOptions(fleetListInput(search), {
      refetchInterval: REFETCH_MS,
      ...(initial ? { initialData: initial } : {}),
    }),
  );
  const filters = useMemo(() => filtersOf(choices), [choices]);
  const toggle = (id: string) =>
    setChosen((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  const filter = fleetFilters(search);
  const isFiltered = Object.keys(filter).length > 0;
  const isEmpty = !isFiltered && read.data?.items.length === 0;
  return (
    <ListPage
      id="admin-fleet"
      title="Fleet"
      facts="Validators and nodes of every organisation, newest first."
      actions={
        <>
          <Button asChild>
            <Link href="/admin/fleet/runs">Bulk runs</Link>
          </Button>
          {isEmpty ? null : (
            <>
              <Button
                disabled={!isFiltered}
                onClick={() => setMeant({ filter, words: "All validators that have the filters of the page." })}
              >
                Act on all filtered
              </Button>
              <Button
                kind="primary"
                disabled={chosen.size === 0}
                onClick={() =>
                  setMeant({ setupRequestIds: [...chosen], words: `The ${chosen.size} that you chose, on every page.` })
                }
              >
                Act on {chosen.size} chosen
              </Button>
            </>
          )}
        </>
      }
      subject="The fleet"
      read={read}
      columns={fleetColumns({ chosen, toggle })}
      filters={filters}
      rowId={({ setupRequest }) => setupRequest.id}
      rowHref={({ node, setupRequest }) =>
        node === null ? `/admin/setup-requests/${setupRequest.id}` : `/admin/nodes/${node.id}`
      }
      lead={<VersionSpreadPanel initial={spread} />}
      empty={
        <EmptyState title="No validator yet">
          Every validator that somebody sets up here stands in this list, with its node and how both are.
        </EmptyState>
      }
    >
      {meant === undefined ? null : <BulkSheet meant={meant} onClose={() => setMeant(undefined)} />}
    </ListPage>
  );
}
