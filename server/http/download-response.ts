/** How soon a revoked session's download ends. */
const RECHECK_MS = 4_000;
/** A client that takes longer than this is cut off, so that a slow one cannot hold its slot for good. */
const MAX_DURATION_MS = 5 * 60_000;

type Options = {
  readonly chunks: AsyncIterable<string>;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** Asked every few seconds; false breaks the download off, e.g. because the session was revoked. */
  readonly isStillAllowed: () => Promise<boolean>;
  /** Called once, however the download ends. */
  readonly onEnd: (failure: unknown) => void;
  readonly recheckMs?: number;
  readonly maxDurationMs?: number;
};

/** Headers of a file. Its name is cut to what every system takes and no header ends at. */
export function fileHeaders(contentType: string, fileName: string): Record<string, string> {
  const safeName = fileName.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "");
  return {
    "content-type": `${contentType}; charset=utf-8`,
    "content-disposition": `attachment; filename="${safeName === "" ? "download" : safeName}"`,
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
  };
}

/**
 * Sends a text as fast as the client takes it; of what is not sent yet, one chunk is in memory. The first chunk is read before the head is sent,
 * so that what fails at once is an ordinary problem. What fails later breaks the transfer, since half a file must not pass for a whole one.
 */
export async function downloadResponse(options: Options): Promise<Response> {
  const iterator = options.chunks[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const recheckMs = options.recheckMs ?? RECHECK_MS;
  let checkAt = Date.now() + recheckMs;
  let first: IteratorResult<string> | undefined = await iterator.next();
  let hasEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let stop: (finish: () => void, failure?: unknown) => void = () => {};

  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      const onAbort = () => stop(() => controller.close());
      stop = (finish, failure) => {
        if (hasEnded) return;
        hasEnded = true;
        clearTimeout(timer);
        options.signal.removeEventListener("abort", onAbort);
        // The source may be reading its next chunk; it learns of the end when that has come.
        iterator.return?.().catch(() => undefined);
        finish();
        options.onEnd(failure);
      };
      timer = setTimeout(() => {
        const late = new Error("the download took too long");
        stop(() => controller.error(late), late);
      }, options.maxDurationMs ?? MAX_DURATION_MS);
      options.signal.addEventListener("abort", onAbort);
      if (options.signal.aborted) onAbort();
    },
    pull: async (controller) => {
      try {
        if (Date.now() >= checkAt) {
          if (!(await options.isStillAllowed())) throw new Error("who downloads may not do so any more");
          checkAt = Date.now() + recheckMs;
        }
        const next = first ?? (await iterator.next());
        first = undefined;
        if (hasEnded) return;
        if (next.done) stop(() => controller.close());
        else controller.enqueue(encoder.encode(next.value));
      } catch (thrown) {
        stop(() => controller.error(thrown), thrown);
      }
    },
    cancel: () => stop(() => {}),
  });
  return new Response(body, { status: 200, headers: options.headers });
}
