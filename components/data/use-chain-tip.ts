"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "./trpc-client";
import { useLiveRead } from "./use-live";

/** The newest block of a network, followed; nothing is asked while it is not known which. */
export function useChainTip(networkId: string | undefined) {
  const trpc = useTRPC();
  const isKnown = networkId !== undefined;
  const ofNetwork = { networkId: networkId ?? "" };
  const pace = useLiveRead(trpc.chain.getChainTip.queryKey(ofNetwork), isKnown);
  return useQuery(trpc.chain.getChainTip.queryOptions(ofNetwork, { ...pace, enabled: isKnown }));
}
