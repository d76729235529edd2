/** Reads that one stream follows at most, and the length of all of them in its address, which has to fit into a request's head. */
export const MAX_TOPICS = 48;
export const MAX_TOPICS_LENGTH = 7_000;

/** Names of the stream's events: what became of a topic, and that the stream is alive. */
export const LIVE_EVENT = "change";
export const BEAT_EVENT = "beat";
/** How often the stream beats; pages count on none that has been silent for much longer. */
export const LIVE_BEAT_MS = 5_000;
