"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { CoursePicture } from "@/components/figures/course-picture";
import { EvidenceTip } from "@/components/figures/evidence-tip";
import { Figure, FigureRow } from "@/components/figures/figure";
import { UnknownText } from "@/components/figures/unknown-text";
import { millisecondsText, percentText } from "@/components/regions/region-words";
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
              <CoursePicture
                course={data}
                label={label}
                hours={HOURS}
                read={(sample) => sample[name]}
                format={format}
                none="Nothing was measured"
              />
            }
          />
        );
      })}
    </FigureRow>
  );
}
