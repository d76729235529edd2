import { AgeText } from "@/components/figures/age-text";
import { UnknownText } from "@/components/figures/unknown-text";
import { StateBadge } from "@/components/state/state-badge";
import { classNames } from "@/components/ui/class-names";
import { formatShare } from "@/lib/format/format-percent";
import type { InstallationStatus } from "@/server/domains/operations/schemas";
import { componentWords, type DayKind, STATUS_JUDGEMENT, statusDayKind, statusDayWords, upShare } from "./status-days";

/** Each kind has a height besides its colour, so that a bad day is seen without it. */
const BARS: Record<DayKind, string> = {
  up: "h-full bg-ok-cell",
  blinked: "h-4/5 bg-ok-cell border-t-4 border-attention-mark",
  degraded: "h-3/5 bg-attention-mark",
  down: "h-2/5 bg-danger-mark",
  unknown: "h-full hatch",
};
const WORDS: Record<DayKind, string> = {
  up: "up",
  blinked: "up, with a short break",
  degraded: "degraded for 1 % of the day or more",
  down: "down for 1 % of the day or more",
  unknown: "not recorded",
};

/** What the bars of the page mean. */
export function BarLegend() {
  return (
    <ul aria-label="What the bars mean" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
      {(Object.keys(WORDS) as DayKind[]).map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span aria-hidden="true" className="flex h-3.5 w-1.5 items-end">
            <span className={classNames("w-full rounded-sm", BARS[kind])} />
          </span>
          {WORDS[kind]}
        </li>
      ))}
    </ul>
  );
}

/** One part of the installation: how it is, and its days, oldest first. */
export function ComponentRow({ component }: { component: InstallationStatus["components"][number] }) {
  const { name, does } = componentWords(component.name);
  const share = upShare(component.days);
  const recorded = component.days.filter(({ looks }) => looks !== null).length;
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="text-base font-medium">
          {name} <span className="text-sm font-normal text-ink-muted">{does}</span>
        </h3>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-muted">
          <span>
            looked at <AgeText at={component.at} />
          </span>
          <StateBadge {...STATUS_JUDGEMENT[component.status]} />
        </span>
      </div>
      {component.reason ? <p className="text-sm">{component.reason}</p> : null}
      <ol aria-label={`Last ${component.days.length} days of ${name}`} className="flex h-8 items-end gap-px">
        {component.days.map((day) => (
          <li key={day.day} title={statusDayWords(day)} className="relative flex h-full min-w-0 flex-1 items-end">
            <span className={classNames("w-full rounded-sm", BARS[statusDayKind(day)])} />
            <span className="sr-only">{statusDayWords(day)}</span>
          </li>
        ))}
      </ol>
      <p className="text-xs text-ink-muted">
        {share === null ? (
          <UnknownText reason="No look has found anything out yet." />
        ) : (
          `${formatShare(BigInt(share.up), BigInt(share.of))} up, by ${recorded} recorded ${recorded === 1 ? "day" : "days"} of ${component.days.length}`
        )}
      </p>
    </li>
  );
}
