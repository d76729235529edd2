/** A first block is news for a week. */
const MOMENT_MS = 7 * 86_400_000;

/** Whether it was so long ago that nobody is told of it on the page any more; the story keeps it. */
export const isMomentOver = (signedAtMs: number, nowMs: number): boolean => nowMs - signedAtMs > MOMENT_MS;
