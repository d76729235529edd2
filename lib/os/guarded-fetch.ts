import { lookup as resolveName } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress, isWebPort } from "./public-address";

/** Where an address that a person gave may lead: out to the public internet, or, for what is our own (a localnet, a node's host), anywhere. */
export type Reach = "public" | "own";

/** Why an address was not asked, or gave nothing that is taken for an answer. */
export class GuardedFetchError extends Error {
  readonly reason: "refused" | "redirected" | "too_large" | "encoded" | "status";

  constructor(reason: GuardedFetchError["reason"], message: string) {
    super(message);
    this.name = "GuardedFetchError";
    this.reason = reason;
  }
}

const refused = (message: string) => new GuardedFetchError("refused", message);

/** Resolves once, refuses when any of the addresses is not public, and gives the connection what was checked and nothing else. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, "", 0);
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => !isPublicAddress(address))) {
      return done(refused("Its name leads to an address that is not on the public internet."), "", 0);
    }
    return options.all === true ? done(null, addresses) : done(null, first.address, first.family);
  });
};

/** How a connection finds its address, by where it may lead. */
export const lookupWithin = (reach: Reach): LookupFunction | undefined =>
  reach === "public" ? publicLookup : undefined;

/**
 * The address, if it may be asked at all: http or https, no password, a web port, and no literal address that is not public in whatever spelling.
 * @throws GuardedFetchError
 */
export function allowedUrl(text: string, reach: Reach): URL {
  if (!URL.canParse(text)) throw refused("It is not an address.");
  // Reading it writes every spelling of an IPv4 address (decimal, octal, hexadecimal) as four numbers.
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refused("Only http and https are asked.");
  if (url.username !== "" || url.password !== "") throw refused("An address with a password in it is not asked.");
  if (reach === "own") return url;
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  if (!isWebPort(port)) throw refused(`Port ${port} is not one of a web server.`);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refused("It is an address that is not on the public internet.");
  return url;
}

export type GuardedRequest = {
  readonly reach: Reach;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the whole of it: name, connection, answer to its last byte. */
  readonly signal: AbortSignal;
  readonly maxBodyBytes: number;
};

export type GuardedAnswer = {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
};

/** Connections are kept by where they may lead, so that none is taken over from the one to the other. */
const agents = {
  public: { "http:": new http.Agent({ keepAlive: true }), "https:": new https.Agent({ keepAlive: true }) },
  own: { "http:": new http.Agent({ keepAlive: true }), "https:": new https.Agent({ keepAlive: true }) },
};

/**
 * The one way in which the product asks an address that a person gave. Redirects are refused, the answer is bounded in bytes and time.
 * @throws GuardedFetchError for what is not asked or not taken, the signal's reason when it aborts, else what the connection failed with
 */
export async function guardedFetch(address: string, options: GuardedRequest): Promise<GuardedAnswer> {
  const url = allowedUrl(address, options.reach);
  options.signal.throwIfAborted();
  try {
    return await ask(url, options, true);
  } catch (thrown) {
    if (options.signal.aborted) throw options.signal.reason;
    // A kept connection may have been closed by the other side just when it was taken up again; a question is asked once more on a new one.
    if (options.method !== "POST" && thrown instanceof StaleConnection) return ask(url, options, false);
    throw thrown instanceof StaleConnection ? thrown.cause : thrown;
  }
}

class StaleConnection extends Error {}

async function ask(url: URL, options: GuardedRequest, mayReuse: boolean): Promise<GuardedAnswer> {
  const { request, response } = await openAnswer(url, options, mayReuse);
  try {
    return await readAnswer(response, options.maxBodyBytes);
  } catch (thrown) {
    request.destroy();
    throw thrown;
  }
}

/**
 * The same where only the status counts: whoever answered has taken or refused it, whatever comes after and however that is written. No body is read.
 * @throws like guardedFetch, but for what is too large or encoded
 */
export async function guardedStatus(
  address: string,
  options: Omit<GuardedRequest, "maxBodyBytes">,
): Promise<Omit<GuardedAnswer, "body">> {
  const url = allowedUrl(address, options.reach);
  options.signal.throwIfAborted();
  try {
    const { request, response } = await openAnswer(url, options, false);
    const status = statusOf(response);
    request.destroy();
    return { status, headers: response.headers };
  } catch (thrown) {
    throw options.signal.aborted ? options.signal.reason : thrown;
  }
}

/** Asks and gives back the answer's beginning; whoever reads on, or does not, ends the request. */
async function openAnswer(url: URL, options: Omit<GuardedRequest, "maxBodyBytes">, mayReuse: boolean) {
  const protocol = url.protocol as "http:" | "https:";
  const lookup = lookupWithin(options.reach);
  const request = (protocol === "https:" ? https : http).request(url, {
    agent: mayReuse && options.method !== "POST" ? agents[options.reach][protocol] : false,
    method: options.method ?? "GET",
    headers: { ...options.headers, "accept-encoding": "identity" },
    signal: options.signal,
    ...(lookup === undefined ? {} : { lookup }),
  });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once("response", resolve);
    request.once("error", (cause) => reject(request.reusedSocket ? new StaleConnection("stale", { cause }) : cause));
    request.end(options.body);
  });
  return { request, response };
}

const MAX_LEADS = 5;

/**
 * Gives a large file piece by piece to `take`, which is waited for. It may lead on to other addresses, as release files do, each of which is
 * checked like the first; never from https back to http.
 * @throws GuardedFetchError, the signal's reason when it aborts, else what the connection failed with, also when it was cut
 */
export async function guardedDownload(
  address: string,
  options: Pick<GuardedRequest, "reach" | "signal" | "maxBodyBytes">,
  take: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  let url = allowedUrl(address, options.reach);
  for (let lead = 0; lead <= MAX_LEADS; lead += 1) {
    options.signal.throwIfAborted();
    const { request, response } = await openAnswer(url, options, false).catch((thrown: unknown) => {
      throw options.signal.aborted ? options.signal.reason : thrown;
    });
    try {
      const status = response.statusCode ?? 0;
      if (status >= 300 && status < 400) {
        url = leadOf(url, response.headers.location, options.reach);
        continue;
      }
      if (status !== 200) throw new GuardedFetchError("status", `It answered with status ${status}.`);
      await takeAll(response, options.maxBodyBytes, take);
      return;
    } catch (thrown) {
      throw options.signal.aborted ? options.signal.reason : thrown;
    } finally {
      request.destroy();
    }
  }
  throw new GuardedFetchError("redirected", `It leads on more than ${MAX_LEADS} times.`);
}

function leadOf(from: URL, location: string | undefined, reach: Reach): URL {
  if (location === undefined || !URL.canParse(location, from)) {
    throw new GuardedFetchError("redirected", "It leads on to nowhere.");
  }
  const to = allowedUrl(new URL(location, from).href, reach);
  if (from.protocol === "https:" && to.protocol === "http:") {
    throw new GuardedFetchError("redirected", "It leads from https to http.");
  }
  return to;
}

async function takeAll(response: http.IncomingMessage, maxBytes: number, take: (chunk: Buffer) => Promise<void>) {
  if ((response.headers["content-encoding"] ?? "identity") !== "identity") throw encodedAnswer();
  const tooLarge = () => new GuardedFetchError("too_large", `The file is larger than ${maxBytes} bytes.`);
  if (Number(response.headers["content-length"] ?? 0) > maxBytes) throw tooLarge();
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    await take(chunk);
  }
}

const encodedAnswer = () => new GuardedFetchError("encoded", "Its answer is encoded although that was not asked for.");

function statusOf(response: http.IncomingMessage): number {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) throw new GuardedFetchError("redirected", "It leads on to another address.");
  return status;
}

async function readAnswer(response: http.IncomingMessage, maxBodyBytes: number): Promise<GuardedAnswer> {
  const status = statusOf(response);
  if ((response.headers["content-encoding"] ?? "identity") !== "identity") throw encodedAnswer();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes)
      throw new GuardedFetchError("too_large", `The answer is larger than ${maxBodyBytes} bytes.`);
    chunks.push(chunk);
  }
  return { status, headers: response.headers, body: Buffer.concat(chunks) };
}
