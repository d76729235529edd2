"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import type { RegionCapacity } from "@/server/domains/regions/schemas";
import { CAPACITY_COLUMNS } from "./capacity-columns";

const REFETCH_MS = 15_000;

/** Slots held and free, of each region and size, counted from rows. */
export function CapacityList({ initial }: { initial: RegionCapacity[] | undefined }) {
  const trpc = useTRPC();
  const read = useQuery({
    ...trpc.regions.listCapacity.queryOptions(
      {},
      { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) },
    ),
    select: (items) => ({ items, nextCursor: null }),
  });
  return (
    <ListPage
      id="admin-capacity"
      title="Capacity"
      facts="Slots held and free by region and size, counted from their rows. All sizes share a region's slots."
      subject="The capacity of the regions"
      read={read}
      columns={CAPACITY_COLUMNS}
      rowId={({ regionCode }) => regionCode}
      rowHref={({ regionCode }) => `/admin/regions/${regionCode}`}
      empty={<EmptyState title="No region yet">Regions are laid down by the first migration.</EmptyState>}
    />
  );
}
