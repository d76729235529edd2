import { useQueries } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { type AttentionList, byUrgency } from "@/server/kernel/attention";
import type { AttentionRead } from "./attention-sentence";

const REFETCH_MS = 10_000;

/** What each product was last heard to say; undefined where it did not answer. */
export type FirstAttention = {
  readonly validators: AttentionList | undefined;
  readonly identity: AttentionList | undefined;
};

/** What needs somebody now, of every product. One that does not answer is named, and what the others say stays. */
export function useAttention(first: FirstAttention): AttentionRead {
  const trpc = useTRPC();
  const parts = [
    { label: "Validators", query: trpc.validators.attention, initial: first.validators },
    { label: "Members and tokens", query: trpc.identity.attention, initial: first.identity },
  ];
  const reads = useQueries({
    queries: parts.map(({ query, initial }) =>
      query.queryOptions({}, { refetchInterval: REFETCH_MS, ...(initial ? { initialData: initial } : {}) }),
    ),
  });
  return {
    items: reads.flatMap(({ data }) => data?.items ?? []).sort(byUrgency),
    isComplete: reads.every(({ data }) => data === undefined || data.isComplete),
    silent: parts.filter((_, place) => reads[place]?.isError).map(({ label }) => label),
  };
}
