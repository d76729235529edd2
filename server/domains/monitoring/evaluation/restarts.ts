/** What a node's counter of restarts was, and when. */
export type RestartSample = { readonly at: string; readonly count: number };

const HOUR_MS = 3_600_000;
const EVERY_MS = 5 * 60_000;

/** Adds what was just seen to the last hour's samples, one every five minutes; a counter that went back begins anew with the node. */
export function keepSample(samples: readonly RestartSample[], count: number, now: Date): readonly RestartSample[] {
  const newest = samples.at(-1);
  if (newest && newest.count > count) return [{ at: now.toISOString(), count }];
  const kept = samples.filter(({ at }) => now.getTime() - Date.parse(at) <= HOUR_MS);
  const isDue = newest === undefined || now.getTime() - Date.parse(newest.at) >= EVERY_MS;
  return isDue ? [...kept, { at: now.toISOString(), count }] : kept;
}

/** Restarts within the last hour as far as there are samples; null without one. */
export function restartsWithin(samples: readonly RestartSample[], count: number | null): number | null {
  const [oldest] = samples;
  if (oldest === undefined || count === null) return null;
  return Math.max(0, count - oldest.count);
}
