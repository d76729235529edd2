import type { DataColumn } from "@/components/data-table/data-column";
import { NameCell } from "@/components/data-table/name-cell";
import { AgeText } from "@/components/figures/age-text";
import {
  millisecondsText,
  PLACEMENT_JUDGEMENT,
  percentText,
  SERVER_JUDGEMENT,
} from "@/components/regions/region-words";
import { StateBadge } from "@/components/state/state-badge";
import { RegionName } from "@/components/validators/region-name";
import type { RegionServer } from "@/server/domains/regions/servers/schemas";
import { MeasuredByAgent } from "./measured-by-agent";

const figure = (
  id: string,
  header: string,
  read: (server: RegionServer) => string | null,
  source?: string,
): DataColumn<RegionServer> => ({
  id,
  header,
  align: "right",
  cell: (server) => (
    <MeasuredByAgent server={server} value={read(server)} {...(source === undefined ? {} : { source })} />
  ),
  text: (server) => read(server) ?? "",
});

export const SERVER_COLUMNS: readonly DataColumn<RegionServer>[] = [
  {
    id: "hostname",
    header: "Server",
    isName: true,
    cell: (server) => <NameCell name={server.hostname} />,
    text: (server) => server.hostname,
  },
  {
    id: "region",
    header: "Region",
    cell: (server) => <RegionName code={server.regionCode} />,
    text: (server) => server.regionCode,
  },
  {
    id: "status",
    header: "State",
    cell: (server) => <StateBadge {...SERVER_JUDGEMENT[server.status]} />,
    text: (server) => server.status,
  },
  {
    id: "placement",
    header: "New nodes",
    cell: (server) =>
      server.status === "decommissioned" ? (
        <span className="text-ink-muted">never again</span>
      ) : (
        <StateBadge {...PLACEMENT_JUDGEMENT[server.placement]} />
      ),
    text: (server) => server.placement,
  },
  figure("nodes", "Nodes", ({ nodes }) => (nodes === null ? null : String(nodes.length)), "Counted by its agent"),
  figure("cpu", "CPU", ({ cpuPercent }) => percentText(cpuPercent)),
  figure("memory", "Memory", ({ memoryPercent }) => percentText(memoryPercent)),
  figure("disk", "Disk", ({ diskPercent }) => percentText(diskPercent)),
  figure(
    "latency",
    "Round trip",
    ({ roundTripMs }) => millisecondsText(roundTripMs),
    "A heartbeat's way to us and back, as its agent measured",
  ),
  {
    id: "seen",
    header: "Last heard of",
    align: "right",
    cell: (server) =>
      server.lastHeartbeatAt ? (
        <AgeText at={server.lastHeartbeatAt} />
      ) : (
        <span className="text-ink-muted">not yet</span>
      ),
    text: (server) => server.lastHeartbeatAt ?? "",
  },
];
