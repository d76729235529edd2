import { formatInstant } from "@/lib/format/format-instant";
import { CourseLine } from "./course-line";
import type { Sample } from "./sparkline-path";

const WIDTH = 640;
const HEIGHT = 96;

type HistoryChartProps = {
  title: string;
  /** Evenly spaced, oldest first; null where nothing was read. */
  samples: readonly Sample[];
  fromMs: number;
  toMs: number;
  /** A value as the reader sees it, with its unit. */
  format: (value: number) => string;
};

/** The course of one figure with its lowest, highest and newest value in words; what was not read is hatched and never joined over. */
export function HistoryChart({ title, samples, fromMs, toMs, format }: HistoryChartProps) {
  const known = samples.filter((sample): sample is number => sample !== null);
  const newest = known.at(-1);
  if (newest === undefined) {
    return (
      <figure className="min-w-0 bg-panel p-4">
        <figcaption className="text-xs text-ink-muted">{title}</figcaption>
        <p className="hatch mt-2 rounded-md p-1">
          <span className="block rounded-sm bg-panel px-3 py-6 text-sm text-ink-muted">
            Nothing was recorded in this time.
          </span>
        </p>
      </figure>
    );
  }
  const low = format(Math.min(...known));
  const high = format(Math.max(...known));
  const unread = samples.length - known.length;
  const summary = `${title}: ${format(newest)} at last, lowest ${low}, highest ${high}${unread === 0 ? "" : `; ${unread} of ${samples.length} points not read`}`;
  return (
    <figure className="min-w-0 bg-panel p-4">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-xs text-ink-muted">{title}</span>
        <span className="text-base font-medium">{format(newest)}</span>
      </figcaption>
      <div className="mt-2 grid grid-cols-[minmax(0,1fr)_auto] gap-x-3">
        <CourseLine
          samples={samples}
          summary={summary}
          width={WIDTH}
          height={HEIGHT}
          pad={6}
          className="h-24 border-b"
        />
        {/* As wide in each chart, so that one moment stands at one place in all that lie above each other. */}
        <div
          aria-hidden="true"
          className="flex min-w-24 flex-col justify-between text-right text-xs whitespace-nowrap text-ink-muted"
        >
          <span>{high}</span>
          {low === high ? null : <span>{low}</span>}
        </div>
      </div>
      <p aria-hidden="true" className="mt-1 flex justify-between gap-4 text-xs text-ink-faint">
        <time dateTime={new Date(fromMs).toISOString()}>{formatInstant(fromMs, "UTC")}</time>
        <time dateTime={new Date(toMs).toISOString()} className="text-right">
          {formatInstant(toMs, "UTC")}
        </time>
      </p>
    </figure>
  );
}
