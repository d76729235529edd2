"use client";

import { useEffect, useState } from "react";
import { useOrganizationSlug } from "@/components/layout/console-place";
import { ProvisioningEventView, SetupWithNode } from "@/server/domains/validators/schemas";

type Event = typeof ProvisioningEventView._output;
export type SetupLive = {
  readonly state: SetupWithNode;
  readonly events: readonly Event[];
  readonly isConnected: boolean;
};

/**
 * The request as it changes, over one stream that the browser takes up again by itself where it broke. What is on screen stays while it is
 * broken; `isConnected` says so.
 */
export function useSetupLive(initial: SetupWithNode, initialEvents: readonly Event[]): SetupLive {
  const [state, setState] = useState(initial);
  const [events, setEvents] = useState(initialEvents);
  const [isConnected, setConnected] = useState(true);
  const id = initial.setupRequest.id;
  // An event source can send no header.
  const organization = useOrganizationSlug();
  useEffect(() => {
    const source = new EventSource(`/api/v1/validators/setup-requests/${id}/events?organization=${organization}`);
    source.addEventListener("open", () => setConnected(true));
    source.addEventListener("error", () => setConnected(false));
    source.addEventListener("state", (message) => {
      const parsed = SetupWithNode.safeParse(JSON.parse(message.data));
      if (parsed.success) setState(parsed.data);
    });
    source.addEventListener("event", (message) => {
      const parsed = ProvisioningEventView.safeParse(JSON.parse(message.data));
      if (!parsed.success) return;
      setEvents((was) =>
        was.some((known) => known.sequence === parsed.data.sequence)
          ? was
          : [...was, parsed.data].sort((a, b) => a.sequence - b.sequence),
      );
    });
    return () => source.close();
  }, [id, organization]);
  return { state, events, isConnected };
}
