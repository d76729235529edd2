import type { SentMessage } from "@/lib/live/live-message";
import { createAlarm } from "./alarm";

/** A change waits so long for those that are being read with it. */
const HOLD_MS = 200;

/**
 * What is to be sent, gathered: what is found by looks that run at the same time goes out as one event, since the web server compresses each event
 * by itself, and what several of them say alike (names, a day, a minute) would be sent in each.
 */
export function createBundles(signal: AbortSignal) {
  const alarm = createAlarm(signal);
  let waiting: { readonly message: SentMessage; readonly taken: () => void }[] = [];
  let heldUntilMs = Number.POSITIVE_INFINITY;
  let looksUnderWay = 0;

  return {
    /** A look begins; the returned function says that it ended, once what it found has been given to `send`. */
    begin: (): (() => void) => {
      looksUnderWay += 1;
      return () => {
        looksUnderWay -= 1;
        if (looksUnderWay === 0) alarm.wake();
      };
    },
    /** Done when the client has taken it. */
    send: (message: SentMessage): Promise<void> =>
      new Promise((taken) => {
        if (waiting.length === 0) heldUntilMs = Date.now() + HOLD_MS;
        waiting.push({ message, taken });
        alarm.wake();
      }),
    /** What goes out now; nothing while it waits for company. */
    take: (): { readonly messages: readonly SentMessage[]; readonly taken: () => void } | undefined => {
      if (waiting.length === 0 || (looksUnderWay > 0 && Date.now() < heldUntilMs)) return undefined;
      const bundle = waiting;
      waiting = [];
      heldUntilMs = Number.POSITIVE_INFINITY;
      return {
        messages: bundle.map(({ message }) => message),
        taken: () => {
          for (const { taken } of bundle) taken();
        },
      };
    },
    /** Waits until something may go out, or that time. */
    until: (atMs: number): Promise<void> => alarm.until(Math.min(atMs, heldUntilMs)),
    wake: alarm.wake,
    /** Nobody takes anything any more. */
    close: (): void => {
      for (const { taken } of waiting) taken();
    },
  };
}
export type Bundles = ReturnType<typeof createBundles>;
