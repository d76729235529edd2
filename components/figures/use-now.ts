"use client";

import { createContext, useContext, useSyncExternalStore } from "react";

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tickedAtMs = Date.now();

function tick(): void {
  if (document.visibilityState === "hidden") return;
  tickedAtMs = Date.now();
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(tick, TICK_MS);
    document.addEventListener("visibilitychange", tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    document.removeEventListener("visibilitychange", tick);
  };
}

/** The last tick; while nobody listened there was none, and it is as old as a tick at most all the same. */
function lastTick(): number {
  if (timer === undefined && Date.now() - tickedAtMs >= TICK_MS) tickedAtMs = Date.now();
  return tickedAtMs;
}

/** When the server rendered the page, in milliseconds. */
export const RenderedAt = createContext<number | undefined>(undefined);

/**
 * The reader's clock, once a second from one timer for the whole page; still while the page is hidden. Whatever part of a page the browser takes
 * over, however late after the others, first says the same times as the server did, so that the two agree; the clock goes on from there.
 */
export function useNow(): number {
  const renderedAtMs = useContext(RenderedAt);
  return useSyncExternalStore(listen, lastTick, () => renderedAtMs ?? lastTick());
}

/**
 * What `select` makes of the same clock's time; whoever asks is drawn anew only when that changes, in a list not once a second. It answers words, a
 * number or one of a few constants, since an object made anew is another each time.
 */
export function useAsOfNow<Value>(select: (nowMs: number) => Value): Value {
  const renderedAtMs = useContext(RenderedAt);
  return useSyncExternalStore(
    listen,
    () => select(lastTick()),
    () => select(renderedAtMs ?? lastTick()),
  );
}
