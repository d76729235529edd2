"use client";

import { useNow } from "@/components/figures/use-now";
import { classNames } from "@/components/ui/class-names";
import { formatDuration } from "@/lib/format/format-duration";
import { STATE_MARK } from "./state";
import { StepMark } from "./step-mark";
import { STEP_JUDGEMENT } from "./step-timeline";
import { describeStepTiming, type StepTimes } from "./step-timing";
import { barFor, spanOf, ticksFor } from "./waterfall-layout";

/** One step of a run, with each of its tries; times are ISO 8601. A try without an end still runs. */
export type WaterfallRow = StepTimes & {
  id: string;
  label: string;
  attempts: readonly { startedAt: string; endedAt?: string | undefined; failed: boolean; error?: string | undefined }[];
};

/** A run's steps on one time axis, with every try; failed tries are hatched over their colour. */
export function Waterfall({ label, rows }: { label: string; rows: readonly WaterfallRow[] }) {
  const nowMs = useNow();
  const axis = spanOf(
    rows.flatMap((row) =>
      row.attempts.flatMap(({ startedAt, endedAt }) => [Date.parse(startedAt), endedAt ? Date.parse(endedAt) : nowMs]),
    ),
  );
  if (!axis) return <p className="p-4 text-ink-muted">No step of this run has started yet.</p>;
  const ticks = ticksFor(axis.toMs - axis.fromMs);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by the keyboard (WCAG 2.1.1)
    <section aria-label={label} tabIndex={0} className="overflow-x-auto focus-visible:-outline-offset-2">
      {/* On a narrow screen a step is two lines: its name and time, and below them its bar over the whole width. */}
      <table className="w-full border-collapse text-sm max-sm:block sm:min-w-120">
        <thead className="max-sm:block">
          <tr className="border-b text-left text-xs text-ink-muted max-sm:block max-sm:px-4">
            <th scope="col" className="h-8 w-40 px-4 font-normal max-sm:sr-only sm:w-64">
              Step
            </th>
            <th scope="col" className="relative p-0 font-normal max-sm:block">
              <span className="sr-only">Time since the start</span>
              <TickLabels ticks={ticks} axis={axis} />
            </th>
            <th scope="col" className="w-28 px-4 text-right font-normal max-sm:sr-only sm:w-44">
              Took
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {rows.map((row) => (
            <tr
              key={row.id}
              className="border-b last:border-b-0 hover:bg-raised max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:items-center max-sm:gap-x-3 max-sm:px-4 max-sm:pt-1.5"
            >
              <th scope="row" className="text-left font-normal max-sm:min-w-0 sm:h-9 sm:max-w-64 sm:px-4">
                <span className="flex items-center gap-2">
                  <StepMark state={row.state} />
                  <span className="truncate" title={row.label}>
                    {row.label}
                  </span>
                  <span className="sr-only">{STEP_JUDGEMENT[row.state].word}</span>
                </span>
              </th>
              <td className="p-0 max-sm:order-last max-sm:col-span-2">
                <Bars row={row} axis={axis} ticks={ticks} nowMs={nowMs} />
              </td>
              <td className="text-right text-xs text-ink-muted sm:px-4 sm:whitespace-nowrap" suppressHydrationWarning>
                {describeStepTiming(row, nowMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Axis = { fromMs: number; toMs: number };

function TickLabels({ ticks, axis }: { ticks: readonly number[]; axis: Axis }) {
  return (
    <svg width="100%" height="32" aria-hidden="true" className="block overflow-visible" suppressHydrationWarning>
      {ticks.map((offsetMs) => (
        <text
          key={offsetMs}
          x={`${(100 * offsetMs) / (axis.toMs - axis.fromMs)}%`}
          y="20"
          fontSize="12"
          textAnchor={offsetMs === 0 ? "start" : "middle"}
          className="fill-ink-muted"
        >
          {offsetMs === 0 ? "0" : formatDuration(offsetMs)}
        </text>
      ))}
    </svg>
  );
}

function Bars({ row, axis, ticks, nowMs }: { row: WaterfallRow; axis: Axis; ticks: readonly number[]; nowMs: number }) {
  const { state } = STEP_JUDGEMENT[row.state];
  return (
    <svg width="100%" height="36" aria-hidden="true" className="block" suppressHydrationWarning>
      {ticks.map((offsetMs) => (
        <line
          key={offsetMs}
          x1={`${(100 * offsetMs) / (axis.toMs - axis.fromMs)}%`}
          x2={`${(100 * offsetMs) / (axis.toMs - axis.fromMs)}%`}
          y1="0"
          y2="36"
          className="stroke-line"
        />
      ))}
      {row.attempts.map(({ startedAt, endedAt, failed, error }, index) => {
        const bar = barFor(Date.parse(startedAt), endedAt ? Date.parse(endedAt) : nowMs, axis);
        return (
          <rect
            key={startedAt}
            x={`${bar.leftPercent}%`}
            width={`${bar.widthPercent}%`}
            y={failed ? 15 : 11}
            height={failed ? 6 : 14}
            rx="2"
            fill="currentColor"
            suppressHydrationWarning
            className={classNames(failed ? "text-danger-mark" : STATE_MARK[state])}
          >
            <title>{`Try ${index + 1}${failed ? `, failed${error ? `: ${error}` : ""}` : ""}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
