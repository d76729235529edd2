"use client";

import { useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { useTRPC } from "@/components/data/trpc-client";
import type { AppRouter } from "@/server/trpc/root";

/** Rewards grow with every block; what was just signed is read again at once. */
const REFETCH_MS = 15_000;

type Held = { readonly networkId: string; readonly address: string };

/** What the server read of one wallet while it rendered the page. */
export type FirstPosition = Held & { readonly position: inferRouterOutputs<AppRouter>["staking"]["getPosition"] };

/** All that the wallet has on the network, read from the chain; `first` counts where it is of this wallet. */
export function usePosition({ networkId, address }: Held, first?: FirstPosition) {
  const trpc = useTRPC();
  const isOfThis = first?.networkId === networkId && first.address === address;
  return useQuery(
    trpc.staking.getPosition.queryOptions(
      { networkId, address },
      { refetchInterval: REFETCH_MS, ...(isOfThis ? { initialData: first.position } : {}) },
    ),
  );
}

/** A position in the form in which the browser gets it: what is not there is not sent. */
export type ShownPosition = NonNullable<ReturnType<typeof usePosition>["data"]>;
