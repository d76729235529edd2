"use client";

import { Tooltip } from "@/components/ui/tooltip";
import { formatAge } from "@/lib/format/format-age";
import { formatInstant } from "@/lib/format/format-instant";
import { useNow } from "./use-now";

/** A relative time that stays right; hover or focus gives the exact one in the reader's zone and in UTC. `at` is ISO 8601. */
export function AgeText({ at, className }: { at: string; className?: string }) {
  const nowMs = useNow();
  const atMs = Date.parse(at);
  if (Number.isNaN(atMs)) return <span className={className}>at an unreadable time</span>;
  const [own, utc] = [formatInstant(atMs), formatInstant(atMs, "UTC")];
  return (
    <Tooltip
      content={
        <span className="grid">
          <span>{own}</span>
          {utc === own ? null : <span className="text-ink-muted">{utc}</span>}
        </span>
      }
    >
      {/* Server and browser clocks differ by what the page took to arrive; the next tick puts it right. */}
      <button type="button" className={className} suppressHydrationWarning>
        <time dateTime={at} className="evidence whitespace-nowrap" suppressHydrationWarning>
          {formatAge(atMs, nowMs)}
        </time>
      </button>
    </Tooltip>
  );
}
