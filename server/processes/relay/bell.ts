import type { Database } from "@/db/client";

/** One channel's notifications as a bell that stays rung until it is reset, so that one between a look and the wait is not missed. */
export type Bell = {
  reset(): void;
  /** Resolves when it rings or has rung since the last reset, after `timeoutMs`, or when the signal aborts. */
  rung(timeoutMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

/** Listens on a connection of the driver's own, which it takes up again after an outage. */
export async function listenForBell(db: Database, channel: string): Promise<Bell> {
  let hasRung = false;
  let wake: (() => void) | undefined;
  const ring = () => {
    hasRung = true;
    wake?.();
  };
  // The second callback runs at each new connection too: what was notified meanwhile is lost.
  const { unlisten } = await db.$client.listen(channel, ring, ring);
  return {
    reset: () => {
      hasRung = false;
    },
    rung: (timeoutMs, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          wake = undefined;
          signal.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, timeoutMs);
        wake = done;
        signal.addEventListener("abort", done);
        if (hasRung || signal.aborted) done();
      }),
    close: () => unlisten().catch(() => {}),
  };
}
