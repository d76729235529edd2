import { LIVE_BEAT_MS } from "@/lib/live/live-limits";
import { type LiveMessage, LiveMessages } from "@/lib/live/live-message";
import type { LiveBrowser, LiveSource } from "./live-browser";
import { type LiveTopic, liveAddress } from "./live-topic";

/** What all tabs are told by the one that holds the stream. */
export type HolderNews = {
  readonly told: (key: string, message: LiveMessage) => void;
  /** Which topics the stream carries now; none while it is broken. Said again with each beat, so that tabs know that somebody holds it. */
  readonly carries: (keys: readonly string[], isBroken: boolean) => void;
};

/** Pages that change at once ask in one go. */
const GATHER_MS = 100;
/** A topic that nobody wants any more stays so long, since the next page may want it again. */
const FORGET_MS = 2_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;
/** A stream without a beat for so long is taken for dead, whatever its connection says. */
export const SILENT_AFTER_MS = 4 * LIVE_BEAT_MS;
/** What the stream carried before it was opened anew still counts as carried for so long, though nothing came of it yet. */
const TRUSTED_MS = 10_000;

/**
 * The one stream of a browser: for what any of its tabs wants, opened anew when that changes. A topic is carried only once the stream has brought
 * something of it: one that is open and silent, as a whole or about one read, leaves its pages to ask for themselves.
 */
export function createStreamHolder(browser: LiveBrowser, slug: string | null, news: HolderNews) {
  const wants = new Map<string, readonly LiveTopic[]>();
  /** Names of the states that tabs hold; "" asks for the whole state. */
  const hashes = new Map<string, string>();
  let source: LiveSource | undefined;
  let keys: readonly string[] = [];
  /** Of which something has come. */
  const delivered = new Set<string>();
  const trusted = new Set<string>();
  let trustedUntilMs = 0;
  let isBroken = false;
  let openedAtMs = 0;
  let heardAtMs = 0;
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
  const say = () => {
    const carried = isBroken ? [] : keys.filter((key) => delivered.has(key) || trusted.has(key));
    news.carries(carried, isBroken);
  };
  const distrust = () => {
    delivered.clear();
    trusted.clear();
  };
  const broke = () => {
    isBroken = true;
    distrust();
    say();
  };
  const retry = () => {
    schedule(retryMs);
    retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
  };
  const heard = () => {
    heardAtMs = Date.now();
    // Not when it opens: one that opens and breaks off at once is not asked for faster and faster.
    if (heardAtMs - openedAtMs >= LIVE_BEAT_MS) retryMs = FIRST_RETRY_MS;
  };
  /** Tells the tabs what the stream said of a topic, and keeps the name of what they hold then; true where it is carried now and was not, or is no longer. */
  const pass = (key: string, message: LiveMessage): boolean => {
    const was = delivered.has(key);
    if ("hash" in message) {
      hashes.set(key, message.hash);
      delivered.add(key);
    } else {
      delivered.delete(key);
      trusted.delete(key);
    }
    news.told(key, message);
    return was !== delivered.has(key);
  };

  function connect(): void {
    unschedule();
    close();
    const topics = wanted().map((topic) => ({ ...topic, hash: hashes.get(topic.key) ?? "" }));
    for (const key of hashes.keys()) if (!topics.some((topic) => topic.key === key)) hashes.delete(key);
    if (topics.length === 0) {
      isBroken = false;
      distrust();
      say();
      return;
    }
    const address = liveAddress(slug, topics);
    keys = address.keys;
    for (const key of delivered) trusted.add(key);
    delivered.clear();
    trustedUntilMs = Date.now() + TRUSTED_MS;
    openedAtMs = Date.now();
    heardAtMs = openedAtMs;
    const opened: LiveSource = browser.open(address.url, {
      onOpen: () => {
        if (source !== opened) return;
        heardAtMs = Date.now();
        isBroken = false;
        say();
      },
      onBeat: () => {
        if (source === opened) heard();
      },
      onMessage: (data) => {
        const parsed = LiveMessages.safeParse(JSON.parse(data));
        if (source !== opened || !parsed.success) return;
        heard();
        let isOther = false;
        for (const message of parsed.data) {
          const key = address.keys[message.topic];
          if (key !== undefined && pass(key, message)) isOther = true;
        }
        if (isOther) say();
      },
      onError: () => {
        if (source !== opened) return;
        close();
        broke();
        retry();
      },
    });
    source = opened;
  }

  /** Looks whether what was open is still alive. */
  const watch = () => {
    if (source === undefined) return;
    if (Date.now() >= trustedUntilMs) trusted.clear();
    // Also one that the browser has been opening for as long: a connection may be taken and never answered.
    if (Date.now() - heardAtMs < SILENT_AFTER_MS) return say();
    close();
    broke();
    retry();
  };
  const watching = setInterval(watch, LIVE_BEAT_MS);

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
      if (source !== undefined) say();
    },
    drop: (tab: string) => {
      if (wants.delete(tab)) schedule(FORGET_MS);
    },
    close: () => {
      clearInterval(watching);
      unschedule();
      close();
    },
  };
}
