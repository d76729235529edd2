import { setTimeout as delay } from "node:timers/promises";
import WebSocket from "ws";
import { allowedUrl, lookupWithin, type Reach } from "@/lib/os/guarded-fetch";
import type { ChainBlockNotice } from "@/server/ports/chain-node";
import { rpcNewHeader } from "./rpc-schemas";

/** Without a subscription the tip is asked this often; with one, only to notice that it died. */
const POLL_MS = 1_000;
const WATCHDOG_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A header is a few kilobytes. */
const MAX_NOTICE_BYTES = 1024 * 1024;
const RECONNECT_MS = 2_000;

type FeedSources = {
  /** RPC base to subscribe at; undefined while none serves. */
  readonly rpcUrl: (signal: AbortSignal) => Promise<string | undefined>;
  /** Height of the newest block; throws while the chain is away. */
  readonly tip: (signal: AbortSignal) => Promise<bigint>;
  readonly chainId: string;
  /** Where the RPC base may lead. */
  readonly reach: Reach;
};

/**
 * Heights as they come, only growing: from a CometBFT subscription while one stands, from polling otherwise. Nothing is queued: a slow reader gets
 * the newest height next. Ends when the signal aborts.
 */
export async function* blockFeed(sources: FeedSources, signal: AbortSignal): AsyncIterable<ChainBlockNotice> {
  const stop = new AbortController();
  const running = AbortSignal.any([signal, stop.signal]);
  const feed = newestHeight();
  running.addEventListener("abort", feed.end, { once: true });
  if (running.aborted) feed.end();
  const isSubscribed = { now: false };
  const tasks = [
    subscribeForEver(sources, feed.offer, isSubscribed, running),
    pollForEver(sources, feed.offer, isSubscribed, running),
  ];
  try {
    for (let notice = await feed.next(); notice !== undefined; notice = await feed.next()) yield notice;
  } finally {
    stop.abort();
    await Promise.all(tasks);
  }
}

function newestHeight() {
  let pending: ChainBlockNotice | undefined;
  let last = 0n;
  let isEnded = false;
  let wake: () => void = () => {};
  return {
    offer: (notice: ChainBlockNotice): void => {
      if (notice.heightBlocks <= last) return;
      last = notice.heightBlocks;
      pending = notice;
      wake();
    },
    end: (): void => {
      isEnded = true;
      wake();
    },
    next: async (): Promise<ChainBlockNotice | undefined> => {
      while (pending === undefined && !isEnded) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const notice = isEnded ? undefined : pending;
      pending = undefined;
      return notice;
    },
  };
}

async function pollForEver(
  sources: FeedSources,
  offer: (notice: ChainBlockNotice) => void,
  isSubscribed: { readonly now: boolean },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      offer({ heightBlocks: await sources.tip(signal), via: "polling" });
    } catch {
      // The chain is away; health is kept by the pool, and the next round asks again.
    }
    await rest(isSubscribed.now ? WATCHDOG_MS : POLL_MS, signal);
  }
}

async function subscribeForEver(
  sources: FeedSources,
  offer: (notice: ChainBlockNotice) => void,
  isSubscribed: { now: boolean },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const base = await sources.rpcUrl(signal);
    if (base !== undefined) {
      await subscribeOnce(base, sources, offer, isSubscribed, signal);
      isSubscribed.now = false;
    }
    await rest(RECONNECT_MS, signal);
  }
}

/** One connection until it breaks, falls silent or the signal aborts; never throws. */
function subscribeOnce(
  base: string,
  { chainId, reach }: FeedSources,
  offer: (notice: ChainBlockNotice) => void,
  isSubscribed: { now: boolean },
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const { href } = allowedUrl(`${base}/websocket`, reach);
    const lookup = lookupWithin(reach);
    const socket = new WebSocket(href.replace(/^http/, "ws"), {
      handshakeTimeout: CONNECT_TIMEOUT_MS,
      maxPayload: MAX_NOTICE_BYTES,
      ...(lookup === undefined ? {} : { lookup }),
    });
    const close = () => socket.terminate();
    let silence = setTimeout(close, SILENCE_MS);
    signal.addEventListener("abort", close, { once: true });
    socket.on("open", () => {
      const params = { query: "tm.event='NewBlockHeader'" };
      socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "subscribe", params }));
    });
    socket.on("message", (data) => {
      const header = headerOf(String(data));
      if (header === undefined || header.chain_id !== chainId) return;
      isSubscribed.now = true;
      clearTimeout(silence);
      silence = setTimeout(close, SILENCE_MS);
      offer({ heightBlocks: header.height, via: "subscription" });
    });
    // An error is always followed by close.
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(silence);
      signal.removeEventListener("abort", close);
      resolve();
    });
  });
}

/** A connection that tells of no block for this long is given up; polling goes on meanwhile. */
const SILENCE_MS = 60_000;

function headerOf(text: string) {
  try {
    const message: unknown = JSON.parse(text);
    if (typeof message !== "object" || message === null || !("result" in message)) return undefined;
    const parsed = rpcNewHeader.safeParse(message.result);
    return parsed.success ? parsed.data.data.value.header : undefined;
  } catch {
    return undefined;
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => {});
}
