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
    readonly signal?: AbortSignal | undefined;
    readonly timeoutMs: number;
    readonly postBody?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<FetchedJson> {
  const timeout = AbortSignal.timeout(Math.max(1, options.timeoutMs));
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      signal,
      redirect: "error",
      headers: { accept: "application/json", "content-type": "application/json", ...options.headers },
      ...(options.postBody === undefined ? {} : { method: "POST", body: JSON.stringify(options.postBody) }),
    });
    text = await readBounded(response);
  } catch (thrown) {
    if (options.signal?.aborted === true) throw options.signal.reason;
    if (thrown instanceof EndpointFailure) throw thrown;
    if (timeout.aborted) throw new EndpointFailure("timeout", `No answer within ${options.timeoutMs} ms.`, thrown);
    throw new EndpointFailure("unreachable", `Not reachable: ${causeOf(thrown)}.`, thrown);
  }
  if (response.status === TOO_MANY_REQUESTS) throw new EndpointFailure("rate_limited", "It asks for fewer requests.");
  const height = response.headers.get("grpc-metadata-x-cosmos-block-height");
  return {
    status: response.status,
    json: parse(text, response.status),
    heightBlocks: height !== null && /^\d+$/.test(height) ? BigInt(height) : null,
    clockAt: clockOf(response.headers.get("date")),
  };
}

function clockOf(date: string | null): string | null {
  const instant = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel();
      throw new EndpointFailure("bad_answer", `The answer is larger than ${MAX_BODY_BYTES} bytes.`);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
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
