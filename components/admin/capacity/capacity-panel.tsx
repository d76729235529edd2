"use client";

import { useQuery } from "@tanstack/react-query";
import { failedRead } from "@/components/data/failed-read";
import { useTRPC } from "@/components/data/trpc-client";
import { FactList } from "@/components/figures/fact-list";
import { UnknownText } from "@/components/figures/unknown-text";
import { percentText } from "@/components/regions/region-words";
import { UpstreamDown } from "@/components/state/upstream-down";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { groupDigits } from "@/lib/format/group-digits";
import { tierWords } from "./capacity-columns";

const REFETCH_MS = 15_000;

/** How full one region is: its slots by size, and what its servers bring. */
export function CapacityPanel({ regionCode }: { regionCode: string }) {
  const trpc = useTRPC();
  const read = useQuery(trpc.regions.getRegionCapacity.queryOptions({ regionCode }, { refetchInterval: REFETCH_MS }));
  const { data } = read;
  if (!data) {
    if (!read.error) return <Skeleton className="h-48" />;
    return (
      <Panel title="Capacity" flush>
        <UpstreamDown fills {...failedRead(read.error, "The region's capacity")} onRetry={() => void read.refetch()} />
      </Panel>
    );
  }
  const used = (percent: number | null) =>
    percent === null ? (
      <UnknownText reason="No server of this region measured it in the last ten minutes." />
    ) : (
      `${percentText(percent)} in use`
    );
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Slots held" aside={`${groupDigits(data.slots.free)} free`} flush>
        <FactList
          facts={data.slots.byTier.map(({ tierCode, held }) => ({
            label: tierWords(tierCode),
            value: groupDigits(held),
          }))}
        />
      </Panel>
      <Panel title="What its servers bring" flush>
        {data.serverPools.length === 0 ? (
          <p className="p-4 text-sm text-ink-muted">No server is registered here.</p>
        ) : (
          <FactList
            facts={[
              ...data.serverPools.map(({ machineType, totalMachines, availableMachines }) => ({
                label: `Servers, ${machineType}`,
                value: `${groupDigits(availableMachines)} of ${groupDigits(totalMachines)} would take a node`,
              })),
              { label: `${groupDigits(data.cpuCores.total)} CPU cores`, value: used(data.cpuCores.usedPercent) },
              { label: `${groupDigits(data.memoryGb.total)} GB memory`, value: used(data.memoryGb.usedPercent) },
              { label: `${groupDigits(data.diskGb.total)} GB disk`, value: used(data.diskGb.usedPercent) },
            ]}
          />
        )}
      </Panel>
    </div>
  );
}
