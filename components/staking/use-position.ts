"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";

/** Rewards grow with every block; what was just signed is read again at once. */
const REFETCH_MS = 15_000;

/** All that the wallet has on the network, read from the chain. */
export function usePosition({ networkId, address }: { networkId: string; address: string }) {
  const trpc = useTRPC();
  return useQuery(trpc.staking.getPosition.queryOptions({ networkId, address }, { refetchInterval: REFETCH_MS }));
}

/** A position in the form in which the browser gets it: what is not there is not sent. */
export type ShownPosition = NonNullable<ReturnType<typeof usePosition>["data"]>;
