"use client";

import { Tooltip } from "@/components/ui/tooltip";
import { formatAge } from "@/lib/format/format-age";
import { formatInstant } from "@/lib/format/format-instant";
import { useAsOfNow } from "./use-now";

/** A relative time that stays right; hover or focus gives the exact one in the reader's zone and in UTC. `at` is ISO 8601. */
export function AgeText({ at, className }: { at: string; className?: string }) {
  const atMs = Date.parse(at);
  const age = useAsOfNow((nowMs) => (Number.isNaN(atMs) ? null : formatAge(atMs, nowMs)));
  if (age === null) return <span className={className}>at an unreadable time</span>;
  return (
    <Tooltip content={<ExactTime atMs={atMs} />}>
      {/* Server and browser clocks differ by what the page took to arrive; the next tick puts it right. */}
      <button type="button" className={className} suppressHydrationWarning>
        <time dateTime={at} className="evidence whitespace-nowrap" suppressHydrationWarning>
          {age}
        </time>
      </button>
    </Tooltip>
  );
}

/** A part of its own, since the words are made only where the tip is open: a list has a hundred ages. */
function ExactTime({ atMs }: { atMs: number }) {
  const [own, utc] = [formatInstant(atMs), formatInstant(atMs, "UTC")];
  return (
    <span className="grid">
      <span>{own}</span>
      {utc === own ? null : <span className="text-ink-muted">{utc}</span>}
    </span>
  );
}
