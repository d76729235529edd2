"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "./trpc-client";
import { useLiveRead } from "./use-live";

/** The chain's own clock: the time of its newest recorded block, in milliseconds; null where none is known. It runs a block behind every other. */
export function useChainTime(networkId: string): number | null {
  const trpc = useTRPC();
  const ofNetwork = { networkId };
  const pace = useLiveRead(trpc.chain.getChainStatus.queryKey(ofNetwork));
  const { data } = useQuery(trpc.chain.getChainStatus.queryOptions(ofNetwork, pace));
  return data?.tipAt ? Date.parse(data.tipAt) : null;
}
