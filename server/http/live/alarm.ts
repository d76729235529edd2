/** Waits for a time that may come earlier: when it is woken, or when the signal aborts. One waits at a time. */
export type Alarm = { readonly wake: () => void; readonly until: (atMs: number) => Promise<void> };

/** Longest time that a timer is set to; who waits looks at the clock again. */
const MAX_WAIT_MS = 60_000;

export function createAlarm(signal: AbortSignal): Alarm {
  let wake = () => {};
  return {
    wake: () => wake(),
    until: (atMs) =>
      new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", end);
          wake = () => {};
          resolve();
        };
        const timer = setTimeout(end, Math.min(Math.max(0, atMs - Date.now()), MAX_WAIT_MS));
        signal.addEventListener("abort", end, { once: true });
        wake = end;
        if (signal.aborted) end();
      }),
  };
}
