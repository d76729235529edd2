import type { Following } from "@/server/kernel/publish";
import { CHAIN_CHANNEL } from "./constants";

/** An id of ours stands in what is told; a network that was named otherwise is looked at whenever any is told of. */
const hears = {
  channel: CHAIN_CHANNEL,
  isAbout: (payload: string, { networkId }: Readonly<Record<string, unknown>>) =>
    typeof networkId !== "string" || !networkId.startsWith("net_") || payload.includes(networkId),
};

/** Blocks come one a second on some chains; a page is told of a few at a time. */
export const FOLLOW_BLOCKS: Following = { hears, lookMs: 15_000, gatherMs: 2_000 };
/** What the watcher reads of all validators, every five seconds; a multiple of what blocks are gathered for, so that both are looked at together. */
export const FOLLOW_MIRROR: Following = { hears, lookMs: 15_000, gatherMs: 6_000 };
/** What an operator changes. */
export const FOLLOW_RECORDS: Following = { lookMs: 30_000 };
