"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { evenSamples } from "@/components/figures/even-samples";
import { EvidenceTip } from "@/components/figures/evidence-tip";
import { Figure, FigureRow } from "@/components/figures/figure";
import { Sparkline } from "@/components/figures/sparkline";
import { UnknownText } from "@/components/figures/unknown-text";
import { millisecondsText, percentText } from "@/components/regions/region-words";
import { Skeleton } from "@/components/ui/skeleton";
import type { Region } from "@/server/domains/regions/schemas";

const HOURS = 6;
const REFETCH_MS = 60_000;
const scoreText = (value: number | null): string | null => (value === null ? null : `${Math.round(value)} of 100`);

const FIGURES = [
  {
    label: "Health score",
    name: "score",
    format: scoreText,
    source: "0.3 heartbeats that came, 0.2 round trip, 0.3 servers that are well, of what was measured",
  },
  {
    label: "Latency",
    name: "latencyMs",
    format: millisecondsText,
    source: "Median round trip of the servers' heartbeats within ten minutes",
  },
  {
    label: "Heartbeats that came",
    name: "successPercent",
    format: percentText,
    source: "Of those that were due within ten minutes",
  },
  { label: "CPU", name: "cpuPercent", format: percentText, source: "Mean of the servers within ten minutes" },
] as const;

/** What the region's servers measured together, each with its course over six hours. */
export function RegionFigures({ region: { code, health } }: { region: Region }) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.regions.getRegionHistory.queryOptions({ regionCode: code, hours: HOURS }, { refetchInterval: REFETCH_MS }),
  );
  return (
    <FigureRow>
      {FIGURES.map(({ label, name, format, source }) => {
        const now = health === null ? null : format(health[name]);
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
            value={
              now === null ? (
                <UnknownText reason="No server of this region measured it in the last ten minutes." />
              ) : (
                <EvidenceTip evidence={{ source, at: health?.checkedAt }}>{now}</EvidenceTip>
              )
            }
            picture={
              samples === undefined ? (
                <Skeleton className="h-8" />
              ) : known.length === 0 ? (
                <span className="text-xs text-ink-muted">Nothing was measured in the last {HOURS} hours.</span>
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
