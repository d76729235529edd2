"use client";

import { AgeText } from "@/components/figures/age-text";
import type { State } from "@/components/state/state";
import { StateMark } from "@/components/state/state-mark";
import { Panel } from "@/components/ui/panel";
import type { ProvisioningEventView } from "@/server/domains/validators/schemas";

const MARKS: Record<ProvisioningEventView["type"], State> = {
  started: "moving",
  progress: "moving",
  completed: "ok",
  failed: "danger",
  retry: "attention",
  cancelled: "off",
  activity: "off",
};
const WORDS: Record<ProvisioningEventView["type"], string> = {
  started: "Started",
  progress: "Progress",
  completed: "Done",
  failed: "Failed",
  retry: "Tried again",
  cancelled: "Cancelled",
  activity: "Noted",
};

/** All that was noted of a request, over all attempts, newest first. */
export function SetupRequestStory({ events }: { events: readonly ProvisioningEventView[] }) {
  return (
    <Panel title="Story" aside={`${events.length} entries, newest first`} flush>
      {events.length === 0 ? (
        <p className="p-4 text-sm text-ink-muted">Nothing has been noted yet.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1)
        <section aria-label="Story" tabIndex={0} className="max-h-96 overflow-y-auto focus-visible:-outline-offset-2">
          <ol className="divide-y">
            {events.toReversed().map((event) => (
              <li key={event.sequence} className="flex min-h-8 items-baseline gap-3 px-4 py-1.5 text-sm">
                <StateMark
                  state={MARKS[event.type] === "moving" ? "off" : MARKS[event.type]}
                  className="translate-y-px"
                />
                <span className="sr-only">{WORDS[event.type]}.</span>
                <span className="w-24 shrink-0 truncate font-mono text-xs text-ink-muted max-sm:hidden">
                  {event.step ?? ""}
                </span>
                <span className="min-w-0 flex-1 break-words">{event.message}</span>
                <AgeText at={event.at} className="shrink-0 text-xs text-ink-muted" />
              </li>
            ))}
          </ol>
        </section>
      )}
    </Panel>
  );
}
