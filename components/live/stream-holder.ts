import { LiveMessage } from "@/lib/live/live-message";
import type { LiveBrowser, LiveSource } from "./live-browser";
import { type LiveTopic, liveAddress } from "./live-topic";

/** What all tabs are told by the one that holds the stream. */
export type HolderNews = {
  readonly told: (key: string, message: LiveMessage) => void;
  /** Which topics the stream carries now; none while it is broken. */
  readonly carries: (keys: readonly string[], isBroken: boolean) => void;
};

/** Pages that change at once ask in one go. */
const GATHER_MS = 100;
/** A topic that nobody wants any more stays so long, since the next page may want it again. */
const FORGET_MS = 2_000;
const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;

/** The one stream of a browser: for what any of its tabs wants, opened anew when that changes. */
export function createStreamHolder(browser: LiveBrowser, slug: string | null, news: HolderNews) {
  const wants = new Map<string, readonly LiveTopic[]>();
  /** Names of the states that tabs hold; "" asks for the whole state. */
  const hashes = new Map<string, string>();
  let source: LiveSource | undefined;
  let keys: readonly string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerAtMs = Number.POSITIVE_INFINITY;
  let retryMs = FIRST_RETRY_MS;

  const schedule = (inMs: number) => {
    const atMs = Date.now() + inMs;
    if (atMs >= timerAtMs) return;
    clearTimeout(timer);
    timerAtMs = atMs;
    timer = setTimeout(connect, inMs);
  };
  const unschedule = () => {
    clearTimeout(timer);
    timerAtMs = Number.POSITIVE_INFINITY;
  };
  const close = () => {
    source?.close();
    source = undefined;
    keys = [];
  };
  const wanted = (): readonly LiveTopic[] => [
    ...new Map([...wants.values()].flat().map((topic) => [topic.key, topic])).values(),
  ];

  function connect(): void {
    unschedule();
    close();
    const topics = wanted().map((topic) => ({ ...topic, hash: hashes.get(topic.key) ?? "" }));
    for (const key of hashes.keys()) if (!topics.some((topic) => topic.key === key)) hashes.delete(key);
    if (topics.length === 0) {
      news.carries([], false);
      return;
    }
    const address = liveAddress(slug, topics);
    keys = address.keys;
    source = browser.open(address.url, {
      onOpen: () => {
        retryMs = FIRST_RETRY_MS;
        news.carries(address.keys, false);
      },
      onMessage: (data) => {
        const parsed = LiveMessage.safeParse(JSON.parse(data));
        const key = parsed.success ? address.keys[parsed.data.topic] : undefined;
        if (!parsed.success || key === undefined) return;
        if ("hash" in parsed.data) hashes.set(key, parsed.data.hash);
        news.told(key, parsed.data);
      },
      onError: (isFinal) => {
        news.carries([], true);
        if (!isFinal) return;
        schedule(retryMs);
        retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
      },
    });
  }

  return {
    /** Takes what a tab wants in place of what it wanted before. */
    want: (tab: string, topics: readonly LiveTopic[]) => {
      wants.set(tab, topics);
      for (const { key, hash } of topics) {
        const known = hashes.get(key);
        if (known === hash && keys.includes(key)) continue;
        // Two tabs that hold different states of one thing both get all of it.
        hashes.set(key, known === undefined || known === hash ? hash : "");
        schedule(GATHER_MS);
      }
      if (keys.some((key) => !wanted().some((topic) => topic.key === key))) schedule(FORGET_MS);
      if (source !== undefined) news.carries(keys, false);
    },
    drop: (tab: string) => {
      if (wants.delete(tab)) schedule(FORGET_MS);
    },
    isHeldBy: (tab: string) => wants.has(tab),
    close: () => {
      unschedule();
      close();
    },
  };
}
