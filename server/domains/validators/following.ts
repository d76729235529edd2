import type { Following } from "@/server/kernel/publish";
import { HEALTH_CHECK_INTERVAL_SECONDS } from "./constants";
import { OWNER_CHANNEL, SETUP_CHANNEL } from "./story/note-event";

/**
 * Every change of state writes a line of the story, which tells; what machines measure of a node, every ten seconds, comes by the look, whose time is
 * a multiple of what blocks are gathered for.
 */
const ofOne = {
  channel: SETUP_CHANNEL,
  isAbout: (payload: string, { setupRequestId }: Readonly<Record<string, unknown>>) => payload === setupRequestId,
};
export const FOLLOW_REQUEST: Following = { hears: ofOne, lookMs: 6_000 };
/** Lines are written with their notification in one transaction. */
export const FOLLOW_STORY: Following = { hears: ofOne, lookMs: 15_000 };

/** What shows many requests of one organisation, or of all to operators. */
export const FOLLOW_LIST: Following = {
  hears: {
    channel: OWNER_CHANNEL,
    isAbout: (payload, _input, organizationId) => organizationId === null || payload === organizationId,
  },
  lookMs: HEALTH_CHECK_INTERVAL_SECONDS * 1_000,
  gatherMs: 1_000,
};

/** What is asked of a host, which tells nobody of its changes. */
export const FOLLOW_LOG: Following = { lookMs: 2_000 };
/** What the watcher keeps of a validator, and the chain itself tells where that is old. */
export const FOLLOW_CHAIN: Following = { lookMs: 10_000 };
