"use client";

import { AgeText } from "@/components/figures/age-text";
import type { ProvisioningEventView } from "@/server/domains/validators/schemas";

/** What happened to the validator, newest first, as it was written when it happened. */
export function ActivityList({ events }: { events: readonly ProvisioningEventView[] }) {
  if (events.length === 0) return <p className="text-sm text-ink-muted">Nothing has happened yet.</p>;
  return (
    <ol className="divide-y divide-line border-y border-line">
      {[...events].reverse().map((event) => (
        <li key={event.sequence} className="grid gap-x-4 gap-y-0.5 py-2 text-sm sm:grid-cols-[8rem_8rem_minmax(0,1fr)]">
          <span className="text-ink-muted">
            <AgeText at={event.at} />
          </span>
          <span className="font-mono text-xs text-ink-muted">{event.step ?? event.type}</span>
          <span className={event.type === "failed" ? "text-danger-text" : undefined}>{event.message}</span>
        </li>
      ))}
    </ol>
  );
}
