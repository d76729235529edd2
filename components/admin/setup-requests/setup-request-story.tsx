"use client";

import { Panel } from "@/components/ui/panel";
import { StoryList } from "@/components/validators/story-list";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";

/** All that was noted of a request, over all attempts, newest first. */
export function SetupRequestStory({ events }: { events: readonly ProvisioningEventView[] }) {
  return (
    <Panel title="Story" aside={`${events.length} entries, newest first`} flush>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1) */}
      <section aria-label="Story" tabIndex={0} className="max-h-96 overflow-y-auto focus-visible:-outline-offset-2">
        <StoryList events={events} />
      </section>
    </Panel>
  );
}
