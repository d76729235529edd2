/**
 * A read that costs more than it changes: what was found is told again for `forMs`, and whoever asks meanwhile waits for the one read under way. Kept
 * by the source that it was read from. A read that fails is forgotten at once.
 */
export function toldAgain<Source extends object, Found>(
  forMs: number,
  read: (source: Source, now: Date) => Promise<Found>,
): (source: Source, now: Date) => Promise<Found> {
  const kept = new WeakMap<Source, { readonly atMs: number; readonly found: Promise<Found> }>();
  return (source, now) => {
    const atMs = now.getTime();
    const before = kept.get(source);
    // A clock that was set back must not keep an answer for ever.
    if (before && atMs >= before.atMs && atMs - before.atMs < forMs) return before.found;
    const found = read(source, now);
    const entry = { atMs, found };
    kept.set(source, entry);
    found.catch(() => {
      if (kept.get(source) === entry) kept.delete(source);
    });
    return found;
  };
}
