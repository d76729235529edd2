import { BEAT_EVENT } from "@/lib/live/live-limits";

/** An open stream, as far as it concerns us. */
export type LiveSource = { readonly close: () => void };

export type SourceHearers = {
  readonly onOpen: () => void;
  readonly onMessage: (data: string) => void;
  /** The stream is alive. */
  readonly onBeat: () => void;
  /** It broke off, and is not taken up again by itself. */
  readonly onError: () => void;
};

/** How tabs of one browser speak to one another. */
export type LiveChannel = { readonly post: (message: unknown) => void; readonly close: () => void };

/** What live views need of a browser; tests play it. */
export type LiveBrowser = {
  readonly open: (url: string, hearers: SourceHearers) => LiveSource;
  /** Holds a lock that all tabs share until the given function ends. Undefined where tabs cannot agree; each then has a stream of its own. */
  readonly withLock: ((name: string, signal: AbortSignal, hold: () => Promise<void>) => Promise<void>) | undefined;
  readonly channel: (name: string, hear: (message: unknown) => void) => LiveChannel;
  readonly isVisible: () => boolean;
  readonly onVisibility: (changed: () => void) => () => void;
};

/** The real one. Locks are there in secure contexts alone: an installation on plain http beyond localhost has none. */
export function thisBrowser(): LiveBrowser {
  const { locks } = navigator as { locks?: LockManager };
  return {
    open: (url, { onOpen, onMessage, onBeat, onError }) => {
      const source = new EventSource(url);
      source.addEventListener("open", onOpen);
      source.addEventListener("message", ({ data }) => onMessage(String(data)));
      source.addEventListener(BEAT_EVENT, onBeat);
      source.addEventListener("error", () => {
        // By itself it would ask for the address that it was opened with, which names what was held then.
        source.close();
        onError();
      });
      return { close: () => source.close() };
    },
    withLock: locks && (async (name, signal, hold) => void (await locks.request(name, { signal }, hold))),
    channel: (name, hear) => {
      const channel = new BroadcastChannel(name);
      channel.addEventListener("message", ({ data }) => hear(data));
      return { post: (message) => channel.postMessage(message), close: () => channel.close() };
    },
    isVisible: () => document.visibilityState === "visible",
    onVisibility: (changed) => {
      document.addEventListener("visibilitychange", changed);
      return () => document.removeEventListener("visibilitychange", changed);
    },
  };
}
