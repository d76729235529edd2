"use client";

import { AgeText } from "@/components/figures/age-text";
import { STATES, type State } from "@/components/state/state";
import { StateMark } from "@/components/state/state-mark";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";
import { stepTitle } from "./step-title";

/** What was under way when it was noted is long past: it is neither judged nor moving. */
const MARKS: Record<ProvisioningEventView["type"], State> = {
  started: "off",
  progress: "off",
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

/** News of the chain says itself how it is to be taken. */
function markOf({ type, details }: ProvisioningEventView): State {
  return STATES.find((state) => state === details.mark) ?? MARKS[type];
}

/** What happened to a validator, newest first, as it was written when it happened. Stands in a flush panel. */
export function StoryList({ events }: { events: readonly ProvisioningEventView[] }) {
  if (events.length === 0) return <p className="p-4 text-sm text-ink-muted">Nothing has happened yet.</p>;
  return (
    <ol className="divide-y">
      {events.toReversed().map((event) => (
        <li key={event.sequence} className="relative flex min-h-9 items-baseline gap-3 px-4 py-1.5 text-sm">
          <StateMark state={markOf(event)} className="shrink-0 translate-y-px" />
          <span className="sr-only">{WORDS[event.type]}.</span>
          <span className="min-w-0 flex-1 break-words">{event.message}</span>
          {event.step === null ? null : (
            <span className="shrink-0 text-xs text-ink-muted max-md:hidden">{stepTitle(event.step)}</span>
          )}
          <AgeText at={event.at} className="shrink-0 text-right text-xs text-ink-muted sm:w-20" />
        </li>
      ))}
    </ol>
  );
}
