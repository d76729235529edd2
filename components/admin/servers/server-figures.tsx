"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { CoursePicture } from "@/components/figures/course-picture";
import { Figure, FigureRow } from "@/components/figures/figure";
import { millisecondsText, percentText } from "@/components/regions/region-words";
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
      {FIGURES.map(({ label, name, format }) => (
        <Figure
          key={name}
          label={label}
          value={<MeasuredByAgent server={server} value={format(server[name])} />}
          picture={
            <CoursePicture
              course={data}
              label={label}
              hours={HOURS}
              read={(sample) => sample[name]}
              format={format}
              none="Nothing was reported"
            />
          }
        />
      ))}
    </FigureRow>
  );
}
