"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "@/components/data/trpc-client";
import { ListPage } from "@/components/layout/list-page";
import { EmptyState } from "@/components/state/empty-state";
import { Button } from "@/components/ui/button";
import type { Network } from "@/server/domains/chain/networks/schemas";
import { NETWORK_COLUMNS } from "./network-columns";

/** The chains that validators can be made for, those that are planned, and those that were. */
export function NetworkList({ initial }: { initial: Network[] | undefined }) {
  const trpc = useTRPC();
  const read = useQuery({
    ...trpc.chain.listNetworks.queryOptions({}, initial ? { initialData: initial } : {}),
    select: (items) => ({ items, nextCursor: null }),
  });
  return (
    <ListPage
      id="admin-networks"
      title="Networks"
      facts="Each is one Cosmos chain: followed while it is active, and checked against the chain itself before it is kept."
      actions={
        <Button kind="primary" asChild>
          <Link href="/admin/networks/new">
            <Plus />
            Add network
          </Link>
        </Button>
      }
      subject="The list of networks"
      read={read}
      columns={NETWORK_COLUMNS}
      rowId={(network) => network.id}
      rowHref={(network) => `/admin/networks/${network.id}`}
      empty={
        <EmptyState title="No network yet">
          A network is added from its chain.json of the chain registry. The local chain, where this installation runs
          one, adds itself.
        </EmptyState>
      }
    />
  );
}
