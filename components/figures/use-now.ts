"use client";

import { createContext, useContext, useEffect, useState } from "react";

const TICK_MS = 1_000;
const listeners = new Set<(nowMs: number) => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  if (document.visibilityState === "hidden") return;
  const nowMs = Date.now();
  for (const listener of listeners) listener(nowMs);
}

function listen(listener: (nowMs: number) => void): () => void {
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

/**
 * When the server rendered the page, in milliseconds. The first render in the browser says the same times as the
 * server did, so that the two agree; the clock goes on from there.
 */
export const RenderedAt = createContext<number | undefined>(undefined);

let hasStarted = false;

/** The reader's clock, once a second from one timer for the whole page; still while the page is hidden. */
export function useNow(): number {
  const renderedAtMs = useContext(RenderedAt);
  const [nowMs, setNowMs] = useState(() => (hasStarted ? Date.now() : (renderedAtMs ?? Date.now())));
  useEffect(() => {
    hasStarted = true;
    setNowMs(Date.now());
    return listen(setNowMs);
  }, []);
  return nowMs;
}
