/** Places for looks that run at once, so that one page with many topics leaves the pool of connections to others. */
export type LookPlaces = {
  /** Waits for a place, first come first served; the returned function gives it back and may be called twice. Undefined where the signal aborted. */
  readonly take: (signal: AbortSignal) => Promise<(() => void) | undefined>;
};

/**
 * A look keeps its place for a while only (`holdMs`) and goes on beside it: what waits for a slow chain or host holds no connection of the pool, and
 * as many slow looks as there are places would otherwise hold up all the others.
 */
export function createLookPlaces(count: number, holdMs: number): LookPlaces {
  let free = count;
  const waiting = new Set<() => void>();
  const giveOn = () => {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  };
  const held = (): (() => void) => {
    let isHeld = true;
    const giveBack = () => {
      clearTimeout(timer);
      if (!isHeld) return;
      isHeld = false;
      giveOn();
    };
    const timer = setTimeout(giveBack, holdMs);
    return giveBack;
  };
  return {
    take: async (signal) => {
      if (signal.aborted) return undefined;
      if (free > 0) {
        free -= 1;
        return held();
      }
      const isGranted = await new Promise<boolean>((resolve) => {
        const granted = () => {
          signal.removeEventListener("abort", left);
          resolve(true);
        };
        const left = () => {
          waiting.delete(granted);
          resolve(false);
        };
        waiting.add(granted);
        signal.addEventListener("abort", left, { once: true });
      });
      return isGranted ? held() : undefined;
    },
  };
}
