/** Reads that one stream follows at most, and the length of all of them in its address, which has to fit into a request's head. */
export const MAX_TOPICS = 48;
export const MAX_TOPICS_LENGTH = 7_000;

/** Name of the stream's other event, that it is alive while nothing becomes of any topic; what becomes of topics has no name, which would be sent each time. */
export const BEAT_EVENT = "beat";
/** How long the stream is silent before it beats; pages count on none that has been silent for much longer. */
export const LIVE_BEAT_MS = 5_000;
