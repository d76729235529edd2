"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { failedRead } from "@/components/data/failed-read";
import { useTRPC } from "@/components/data/trpc-client";
import { SpanLinks } from "@/components/explorer/span-links";
import { ValidatorHistory } from "@/components/explorer/validator-history";
import type { Denom } from "@/components/figures/amount-text";
import { UptimeCalendar } from "@/components/figures/uptime-calendar";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { HISTORY_SPANS, type HistorySpan } from "@/server/domains/chain/constants";
import { HISTORY_REFETCH_MS } from "./history-refetch";
import { MissSplit } from "./miss-split";
import { NodeCharts } from "./node-charts";

type ValidatorHistoryTabProps = {
  setupRequestId: string;
  name: string;
  networkId: string;
  operatorAddress: string;
  consensusAddress: string;
  denom: Denom;
};

/** A month of days, the course of its figures and of its node, and why blocks were missed, as they were recorded here. */
export function ValidatorHistoryTab({
  setupRequestId,
  name,
  networkId,
  operatorAddress,
  consensusAddress,
  denom,
}: ValidatorHistoryTabProps) {
  const trpc = useTRPC();
  const pathname = usePathname();
  const search = useSearchParams();
  const span: HistorySpan = HISTORY_SPANS.find((known) => known === search.get("span")) ?? "24h";
  const calendar = useQuery(
    trpc.chain.getUptimeCalendar.queryOptions({ networkId, consensusAddress }, { refetchInterval: HISTORY_REFETCH_MS }),
  );
  const history = useQuery(
    trpc.chain.getValidatorHistory.queryOptions(
      { networkId, operatorAddress, span },
      { refetchInterval: HISTORY_REFETCH_MS, placeholderData: keepPreviousData },
    ),
  );
  const node = useQuery(
    trpc.validators.getNodeHistory.queryOptions(
      { setupRequestId, span },
      { refetchInterval: HISTORY_REFETCH_MS, placeholderData: keepPreviousData },
    ),
  );
  const nodeError = node.error ? (
    <UpstreamDown {...failedRead(node.error, "The record of its node")} onRetry={() => void node.refetch()} />
  ) : null;
  const hrefOf = (each: HistorySpan): string => {
    const next = new URLSearchParams(search);
    next.set("span", each);
    return `${pathname}?${next}`;
  };
  return (
    <div className="grid gap-4">
      <Panel title="By day">
        {calendar.data ? (
          <UptimeCalendar name={name} days={calendar.data.days} />
        ) : calendar.error ? (
          <UpstreamDown
            {...failedRead(calendar.error, "The record of its days")}
            onRetry={() => void calendar.refetch()}
          />
        ) : (
          <Skeleton className="h-20" />
        )}
      </Panel>
      <section aria-label="Over time" className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 className="text-sm font-semibold">Over time</h2>
          <SpanLinks current={span} hrefOf={hrefOf} />
        </div>
        {history.data ? (
          <ValidatorHistory history={history.data} denom={denom} />
        ) : history.error ? (
          <UpstreamDown
            {...failedRead(history.error, "The record of its figures")}
            onRetry={() => void history.refetch()}
          />
        ) : (
          <Skeleton className="h-96" />
        )}
      </section>
      <Panel title="Why blocks were missed">
        {node.data ? <MissSplit misses={node.data.misses} /> : (nodeError ?? <Skeleton className="h-20" />)}
      </Panel>
      <section aria-label="Its node over time" className="grid gap-2">
        <h2 className="text-sm font-semibold">Its node</h2>
        {node.data ? <NodeCharts history={node.data} /> : (nodeError ?? <Skeleton className="h-96" />)}
      </section>
    </div>
  );
}
