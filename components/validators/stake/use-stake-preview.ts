"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";

const REFETCH_MS = 10_000;

/** What the stake would come to, asked of the chain; the answer to the former amount stays while a new one is typed. */
export function useStakePreview(of: {
  networkId: string;
  walletAddress: string;
  /** Base units; anything else is not asked for. */
  selfDelegation: string;
  isAsked?: boolean;
}) {
  const trpc = useTRPC();
  const { isAsked = true, ...input } = of;
  return useQuery(
    trpc.validators.previewStake.queryOptions(input, {
      enabled: isAsked && /^[1-9]\d*$/.test(of.selfDelegation),
      refetchInterval: REFETCH_MS,
      placeholderData: keepPreviousData,
    }),
  );
}
