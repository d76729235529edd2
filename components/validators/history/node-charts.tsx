import { evenSamples } from "@/components/figures/even-samples";
import { HistoryChart } from "@/components/figures/history-chart";
import { formatBytes } from "@/lib/format/format-bytes";
import { groupDigits, UNIT_SPACE } from "@/lib/format/group-digits";
import type { NodeHistory } from "@/server/domains/validators/history/schemas";

type Sample = NodeHistory["samples"][number];
const percent = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)}${UNIT_SPACE}%`;
const whole = (value: number): string => groupDigits(Math.round(value));
const blocks = (value: number): string => `${whole(value)}${UNIT_SPACE}${value === 1 ? "block" : "blocks"}`;

type Course = { title: string; read: (sample: Sample) => number | null; format: (value: number) => string };

const ALWAYS: readonly Course[] = [
  { title: "Processor, mean", read: ({ cpuPercent }) => cpuPercent, format: percent },
  { title: "Behind the tip, at most", read: ({ lagBlocks }) => lagBlocks, format: blocks },
  { title: "Peers, at least", read: ({ peerCount }) => peerCount, format: whole },
];
/** Hosts of ours tell bytes, machines of one's own percentages; which of them is drawn is what was told. */
const AS_TOLD: readonly (readonly Course[])[] = [
  [
    { title: "Memory, at most", read: ({ memoryBytes }) => memoryBytes, format: formatBytes },
    { title: "Memory of the machine, at most", read: ({ memoryPercent }) => memoryPercent, format: percent },
  ],
  [
    { title: "Disk used by the volume", read: ({ diskUsedBytes }) => diskUsedBytes, format: formatBytes },
    { title: "Disk of the machine used", read: ({ diskPercent }) => diskPercent, format: percent },
  ],
  [{ title: "Disk free, at least", read: ({ diskFreeBytes }) => diskFreeBytes, format: formatBytes }],
];

const isTold = (samples: readonly Sample[], { read }: Course): boolean =>
  samples.some((sample) => read(sample) !== null);

/** How a node was over the span; times in which nobody looked are hatched, and what its host never tells is not drawn but for its name. */
export function NodeCharts({ history }: { history: NodeHistory }) {
  const fromMs = Date.parse(history.from);
  const toMs = Date.parse(history.to);
  const raster = { fromMs, toMs, stepMs: history.stepMinutes * 60_000 };
  const told = AS_TOLD.flatMap((kinds) => {
    const found = kinds.filter((course) => isTold(history.samples, course));
    return found.length === 0 ? kinds.slice(0, 1) : found;
  });
  return (
    <div className="grid gap-px overflow-hidden rounded-md border bg-line lg:grid-cols-2">
      {[...ALWAYS, ...told].map(({ title, read, format }) => (
        <HistoryChart
          key={title}
          title={title}
          fromMs={fromMs}
          toMs={toMs}
          samples={evenSamples(history.samples, raster, read)}
          format={format}
        />
      ))}
    </div>
  );
}
