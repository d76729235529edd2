"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "./trpc-client";
import { useLiveRead } from "./use-live";

/** How far a network is read, followed; nothing is asked while it is not known which. */
export function useChainStatus(networkId: string | undefined) {
  const trpc = useTRPC();
  const isKnown = networkId !== undefined;
  const ofNetwork = { networkId: networkId ?? "" };
  const pace = useLiveRead(trpc.chain.getChainStatus.queryKey(ofNetwork), isKnown);
  return useQuery(trpc.chain.getChainStatus.queryOptions(ofNetwork, { ...pace, enabled: isKnown }));
}
