"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/data/trpc-client";
import { useLiveReads } from "@/components/data/use-live";
import { useLiveFact } from "@/components/live/live-provider";
import type { SetupWithNode } from "@/server/domains/validators/requests/schemas";
import type { ProvisioningEventView } from "@/server/domains/validators/story/schemas";
import { NEWEST_LINES } from "./newest-lines";

export type SetupLive = {
  readonly state: SetupWithNode;
  readonly events: readonly ProvisioningEventView[];
  readonly isConnected: boolean;
};

/** The request as it changes, with the newest lines of its story. What is on screen stays while the stream is broken; `isConnected` says so. */
export function useSetupLive(initial: SetupWithNode, initialEvents: readonly ProvisioningEventView[]): SetupLive {
  const trpc = useTRPC();
  const ofSetup = { setupRequestId: initial.setupRequest.id };
  const ofStory = { ...ofSetup, newest: NEWEST_LINES };
  const [setupPace, storyPace] = useLiveReads([
    trpc.validators.getSetupRequest.queryKey(ofSetup),
    trpc.validators.listSetupEvents.queryKey(ofStory),
  ]);
  const setup = useQuery(trpc.validators.getSetupRequest.queryOptions(ofSetup, { ...setupPace, initialData: initial }));
  const story = useQuery(
    trpc.validators.listSetupEvents.queryOptions(ofStory, { ...storyPace, initialData: [...initialEvents] }),
  );
  const isBroken = useLiveFact((hub) => hub?.isBroken() ?? false);
  return { state: setup.data, events: story.data, isConnected: !isBroken };
}
