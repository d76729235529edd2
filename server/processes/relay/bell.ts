import { createDatabase } from "@/db/client";

/** One channel's notifications as a bell that stays rung until it is reset, so that one between a look and the wait is not missed. */
export type Bell = {
  reset(): void;
  /** Resolves when it rings or has rung since the last reset, after `timeoutMs`, or when the signal aborts. */
  rung(timeoutMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

/**
 * Listens on a connection of its own. The driver takes a lost one up again, but not when the database is away at that moment: whoever meets an
 * outage closes the bell and hangs another.
 */
export async function listenForBell(databaseUrl: string, channel: string): Promise<Bell> {
  let hasRung = false;
  let wake: (() => void) | undefined;
  const ring = () => {
    hasRung = true;
    wake?.();
  };
  const { client } = createDatabase({ url: databaseUrl, applicationName: "omniphi-relay-bell", maxConnections: 1 });
  const close = () => client.end({ timeout: 1 }).catch(() => {});
  try {
    // The second callback runs at each new connection too: what was notified meanwhile is lost.
    await client.listen(channel, ring, ring);
  } catch (thrown) {
    await close();
    throw thrown;
  }
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
    close,
  };
}
