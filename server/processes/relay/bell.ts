import type { Notifications } from "@/server/kernel/notifications";

/** One channel's notifications as a bell that stays rung until it is reset, so that one between a look and the wait is not missed. */
export type Bell = {
  reset(): void;
  /** Resolves when it rings or has rung since the last reset, after `timeoutMs`, or when the signal aborts. */
  rung(timeoutMs: number, signal: AbortSignal): Promise<void>;
  takeDown(): void;
};

/** Rings at each notification, and whenever one may have been missed. */
export function hangBell(notifications: Notifications, channel: string): Bell {
  let hasRung = false;
  let wake: (() => void) | undefined;
  const takeDown = notifications.hear(channel, () => {
    hasRung = true;
    wake?.();
  });
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
    takeDown,
  };
}
