"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { StateBadge } from "@/components/state/state-badge";
import { Button } from "@/components/ui/button";
import { ADVISORY_JUDGEMENT } from "./risk-guard-words";

type AdvisoryReportProps = { networkId: string; proposalId: string; uri: string };

/** The report that a proposal's guard points to, read by the server and held against the chain's hash. */
export function AdvisoryReport({ networkId, proposalId, uri }: AdvisoryReportProps) {
  const trpc = useTRPC();
  const check = useQuery(
    trpc.staking.checkAdvisory.queryOptions(
      { networkId, proposalId },
      // A report is read once for each look at the page; who wants it again asks.
      { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: false },
    ),
  );
  const judged = check.data ? ADVISORY_JUDGEMENT[check.data.state] : null;
  return (
    <div className="grid gap-1.5">
      <p className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium">Advisory report</span>
        {check.isFetching ? (
          <StateBadge state="moving" word="Verifying" />
        ) : judged === null ? (
          <StateBadge state="unknown" word="Not checked" />
        ) : (
          <StateBadge state={judged.state} word={judged.word} />
        )}
      </p>
      <p className="font-mono text-xs break-all">{uri}</p>
      {judged === null || check.isFetching ? null : <p className="text-pretty">{judged.sentence}</p>}
      {check.data?.reason && !check.isFetching ? (
        <p className="text-pretty text-ink-muted">{check.data.reason}</p>
      ) : null}
      {check.error && !check.isFetching ? <p className="text-pretty text-ink-muted">{check.error.message}</p> : null}
      {check.isFetching ? null : (
        <Button size="small" className="justify-self-start" onClick={() => void check.refetch()}>
          Check again
        </Button>
      )}
    </div>
  );
}
