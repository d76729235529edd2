import { API_SECURITY_HEADERS } from "./security-headers";

/** One event (WHATWG HTML, 9.2); `data` is sent as JSON. `id` comes back as Last-Event-ID when the client takes the stream up again. */
export type ServerSentEvent = { readonly id?: string; readonly event?: string; readonly data: unknown };

const HEARTBEAT_MS = 15_000;
/** How soon a revoked session's open streams end. */
const RECHECK_MS = 4_000;
/** A stream ends after this and the client takes it up again where it was; so no stream outlives a deployment by much. */
const MAX_DURATION_MS = 15 * 60_000;
const RECONNECT_AFTER_MS = 1_000;

type Options = {
  readonly events: AsyncIterable<ServerSentEvent>;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** Asked every few seconds; false ends the stream, e.g. because the session was revoked. */
  readonly isStillAllowed: () => Promise<boolean>;
  /** Called once, however the stream ends. */
  readonly onEnd: (failure: unknown) => void;
  readonly headers?: Readonly<Record<string, string>>;
  readonly heartbeatMs?: number;
  readonly recheckMs?: number;
  readonly maxDurationMs?: number;
};

const oneLine = (text: string): string => text.replace(/[\r\n]/g, " ");

/** The event as text; JSON has no raw line breaks, so `data` is one line. */
export function formatEvent(event: ServerSentEvent): string {
  const id = event.id === undefined ? "" : `id: ${oneLine(event.id)}\n`;
  const name = event.event === undefined ? "" : `event: ${oneLine(event.event)}\n`;
  return `${id}${name}data: ${JSON.stringify(event.data) ?? "null"}\n\n`;
}

/**
 * Streams the events as they come, with a comment as heartbeat after a silence. Reads the source only as fast as the client takes it, so a slow
 * client costs one event of memory. Ends when the source ends, the client leaves, the permission goes, or the time is over.
 */
export function eventStreamResponse(options: Options): Response {
  const iterator = options.events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const heartbeatMs = options.heartbeatMs ?? HEARTBEAT_MS;
  const recheckMs = options.recheckMs ?? RECHECK_MS;
  const endsAt = Date.now() + (options.maxDurationMs ?? MAX_DURATION_MS);
  let checkAt = Date.now() + recheckMs;
  let beatAt = Date.now() + heartbeatMs;
  let pending: Promise<IteratorResult<ServerSentEvent>> | undefined;
  let hasEnded = false;

  const end = (failure: unknown) => {
    if (hasEnded) return;
    hasEnded = true;
    options.signal.removeEventListener("abort", onAbort);
    // The source may be waiting for its next event; it learns of the end when that comes or its own signal aborts.
    iterator.return?.().catch(() => undefined);
    options.onEnd(failure);
  };
  let abort: (() => void) | undefined;
  const onAbort = () => abort?.();
  options.signal.addEventListener("abort", onAbort);

  const next = async (): Promise<"time" | "aborted" | IteratorResult<ServerSentEvent>> => {
    if (options.signal.aborted) return "aborted";
    pending ??= iterator.next();
    let timer: NodeJS.Timeout | undefined;
    const waitMs = Math.max(0, Math.min(checkAt, beatAt, endsAt) - Date.now());
    const time = new Promise<"time">((resolve) => {
      timer = setTimeout(() => resolve("time"), waitMs);
    });
    const aborted = new Promise<"aborted">((resolve) => {
      abort = () => resolve("aborted");
    });
    try {
      const outcome = await Promise.race([pending, time, aborted]);
      if (typeof outcome === "object") pending = undefined;
      return outcome;
    } finally {
      clearTimeout(timer);
    }
  };

  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`retry: ${RECONNECT_AFTER_MS}\n\n`)),
    pull: async (controller) => {
      const close = (failure?: unknown) => {
        end(failure);
        controller.close();
      };
      try {
        for (;;) {
          const outcome = await next();
          if (outcome === "aborted" || Date.now() >= endsAt) return close();
          if (outcome !== "time") {
            if (outcome.done) return close();
            beatAt = Date.now() + heartbeatMs;
            controller.enqueue(encoder.encode(formatEvent(outcome.value)));
            return;
          }
          if (Date.now() >= checkAt) {
            if (!(await options.isStillAllowed())) return close();
            checkAt = Date.now() + recheckMs;
          }
          if (Date.now() >= beatAt) {
            beatAt = Date.now() + heartbeatMs;
            controller.enqueue(encoder.encode(": alive\n\n"));
            return;
          }
        }
      } catch (thrown) {
        // The client takes the stream up again after its id; a failure told in-band would look like an event.
        close(thrown);
      }
    },
    cancel: () => end(undefined),
  });
  return new Response(body, {
    status: 200,
    headers: {
      ...API_SECURITY_HEADERS,
      ...options.headers,
      "content-type": "text/event-stream; charset=utf-8",
      // Without `no-transform`: the server below us compresses what goes out. It flushes each event so that the next one is compressed as if nothing had
      // gone before, so what is sent together costs less than what is sent one by one. Compressing here is no way: the framework takes `content-encoding` off what a handler answers, and the client would read bytes of gzip as text.
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    },
  });
}
