"use client";

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { thisBrowser } from "./live-browser";
import type { LiveHub } from "./live-hub";

const Hub = createContext<LiveHub | null>(null);

/** Gives the parts below the browser's one stream; it is opened while the tab is seen and something below follows a read. */
export function LiveProvider({ slug, children }: { slug: string | null; children: ReactNode }) {
  const [hub, setHub] = useState<LiveHub | null>(null);
  useEffect(() => {
    let isOver = false;
    let stop = () => {};
    const start = async () => {
      // Once the page is painted: it does without until then, and where it never comes it goes on asking by itself.
      const { createLiveHub } = await import("./live-hub");
      if (isOver) return;
      const made = createLiveHub(thisBrowser(), slug);
      setHub(made);
      stop = made.start();
    };
    start().catch(() => {});
    return () => {
      isOver = true;
      stop();
    };
  }, [slug]);
  return <Hub.Provider value={hub}>{children}</Hub.Provider>;
}

/** The browser's stream; null until the page runs. */
export const useLiveHub = (): LiveHub | null => useContext(Hub);

const NEVER = () => () => {};

/** A fact of the stream as it changes. */
export function useLiveFact<Fact extends string | boolean>(factOf: (hub: LiveHub | null) => Fact): Fact {
  const hub = useLiveHub();
  return useSyncExternalStore(
    hub?.subscribe ?? NEVER,
    () => factOf(hub),
    () => factOf(null),
  );
}
