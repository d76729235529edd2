import { type GuardedAnswer, GuardedFetchError, guardedFetch, type Reach } from "@/lib/os/guarded-fetch";
import { EndpointFailure } from "./chain-errors";

/** A call to one endpoint may take this long (requirement: 5 s). */
export const ENDPOINT_TIMEOUT_MS = 5_000;
/** No answer that we ask for is larger; a block of 1 MiB is about 1.4 MiB in base64. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const TOO_MANY_REQUESTS = 429;

export type FetchedJson = {
  readonly status: number;
  readonly json: unknown;
  readonly heightBlocks: bigint | null;
  /** The answer's `Date`, as an ISO instant: the clock of whoever answered. */
  readonly clockAt: string | null;
};

/** Fetches JSON from one endpoint. Redirects are refused. @throws EndpointFailure for all that is not an answer of the endpoint itself */
export async function fetchJson(
  url: string,
  options: {
    readonly reach: Reach;
    readonly signal?: AbortSignal | undefined;
    readonly timeoutMs: number;
    readonly postBody?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<FetchedJson> {
  const timeout = AbortSignal.timeout(Math.max(1, options.timeoutMs));
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  let answer: GuardedAnswer;
  try {
    answer = await guardedFetch(url, {
      reach: options.reach,
      signal,
      maxBodyBytes: MAX_BODY_BYTES,
      headers: { accept: "application/json", "content-type": "application/json", ...options.headers },
      ...(options.postBody === undefined ? {} : { method: "POST", body: JSON.stringify(options.postBody) }),
    });
  } catch (thrown) {
    if (options.signal?.aborted === true) throw options.signal.reason;
    if (timeout.aborted) throw new EndpointFailure("timeout", `No answer within ${options.timeoutMs} ms.`, thrown);
    if (thrown instanceof GuardedFetchError) {
      const isBadAnswer = thrown.reason === "too_large" || thrown.reason === "encoded";
      throw new EndpointFailure(isBadAnswer ? "bad_answer" : "unreachable", thrown.message, thrown);
    }
    throw new EndpointFailure("unreachable", `Not reachable: ${causeOf(thrown)}.`, thrown);
  }
  if (answer.status === TOO_MANY_REQUESTS) throw new EndpointFailure("rate_limited", "It asks for fewer requests.");
  const height = answer.headers["grpc-metadata-x-cosmos-block-height"];
  return {
    status: answer.status,
    json: parse(answer.body, answer.status),
    heightBlocks: typeof height === "string" && /^\d{1,19}$/.test(height) ? BigInt(height) : null,
    clockAt: clockOf(answer.headers.date),
  };
}

function clockOf(date: string | undefined): string | null {
  const instant = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
}

// What a node answers is kept in rows: text that is no UTF-8 is no answer, and nothing is written in its place.
const utf8 = new TextDecoder("utf-8", { fatal: true });

function parse(body: Buffer, status: number): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch (thrown) {
    // A proxy in front of a node that is away answers in HTML.
    if (status >= 500) throw new EndpointFailure("unreachable", `It answered with status ${status}.`, thrown);
    throw new EndpointFailure("bad_answer", "The answer is not JSON.", thrown);
  }
}

function causeOf(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  return cause instanceof Error ? cause.message : "unknown reason";
}
