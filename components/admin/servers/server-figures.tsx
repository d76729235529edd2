"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { evenSamples } from "@/components/figures/even-samples";
import { Figure, FigureRow } from "@/components/figures/figure";
import { Sparkline } from "@/components/figures/sparkline";
import { millisecondsText, percentText } from "@/components/regions/region-words";
import { Skeleton } from "@/components/ui/skeleton";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";
import { MeasuredByAgent } from "./measured-by-agent";

const HOURS = 24;
const REFETCH_MS = 60_000;
const FIGURES = [
  { label: "CPU", name: "cpuPercent", format: percentText },
  { label: "Memory", name: "memoryPercent", format: percentText },
  { label: "Disk", name: "diskPercent", format: percentText },
  { label: "Round trip of a heartbeat", name: "roundTripMs", format: millisecondsText },
] as const;

/** What the server measured last, each with its course over a day; what was not reported is hatched. */
export function ServerFigures({ server }: { server: RegionServer }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.regions.getServerHistory.queryOptions({ serverId: server.id, hours: HOURS }, { refetchInterval: REFETCH_MS }),
  );
  return (
    <FigureRow>
      {FIGURES.map(({ label, name, format }) => {
        const samples =
          data &&
          evenSamples(
            data.samples,
            { fromMs: Date.parse(data.fromAt), toMs: Date.parse(data.toAt), stepMs: data.stepSeconds * 1_000 },
            (sample) => sample[name],
          );
        const known = samples?.filter((sample) => sample !== null) ?? [];
        return (
          <Figure
            key={name}
            label={label}
            value={<MeasuredByAgent server={server} value={format(server[name])} />}
            picture={
              samples === undefined ? (
                <Skeleton className="h-8" />
              ) : known.length === 0 ? (
                <span className="text-xs text-ink-muted">Nothing was reported in the last {HOURS} hours.</span>
              ) : (
                <Sparkline
                  samples={samples}
                  summary={`${label} over ${HOURS} hours: lowest ${format(Math.min(...known))}, highest ${format(Math.max(...known))}`}
                />
              )
            }
          />
        );
      })}
    </FigureRow>
  );
}
