import { useQueries } from "@tanstack/react-query";
import type { inferRouterInputs } from "@trpc/server";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveReads } from "@/components/data/use-live";
import { type AttentionList, byUrgency } from "@/server/kernel/attention";
import type { AppRouter } from "@/server/trpc/root";
import type { AttentionRead } from "./attention-sentence";

type Procedures = inferRouterInputs<AppRouter>;
/** A domain that publishes what needs somebody now. */
export type AttentionDomain = {
  [Name in keyof Procedures]: Procedures[Name] extends { listAttention: unknown } ? Name : never;
}[keyof Procedures];

/** What a domain was last heard to say, and what it is called here; undefined where it did not answer. */
export type FirstAttention = {
  readonly domain: AttentionDomain;
  readonly label: string;
  readonly initial: AttentionList | undefined;
};

/** What needs somebody now, of every product. One that does not answer is named, and what the others say stays. */
export function useAttention(parts: readonly FirstAttention[]): AttentionRead {
  const trpc = useTRPC();
  const paces = useLiveReads(parts.map(({ domain }) => trpc[domain].listAttention.queryKey({})));
  const reads = useQueries({
    queries: parts.map(({ domain, initial }, place) =>
      trpc[domain].listAttention.queryOptions({}, { ...paces[place], ...(initial ? { initialData: initial } : {}) }),
    ),
  });
  return {
    items: reads.flatMap(({ data }) => data?.items ?? []).sort(byUrgency),
    isComplete: reads.every(({ data }) => data === undefined || data.isComplete),
    silent: parts.filter((_, place) => reads[place]?.isError).map(({ label }) => label),
  };
}
