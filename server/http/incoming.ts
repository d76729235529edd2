import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { isSecureOrigin } from "@/server/auth/session-cookie";
import { invalid } from "@/server/kernel/errors";
import { stampPeerAddress } from "./peer-address";
import { problemOf } from "./problem";
import { newRequestId, REQUEST_ID_HEADER } from "./request-origin";
import { API_SECURITY_HEADERS, COMMON_SECURITY_HEADERS, HSTS } from "./security-headers";

/** Carries the query as it came: the framework reads it and writes it again, and what it cannot read is gone or other text by then. */
export const QUERY_HEADER = "x-omniphi-query";
/** Carries the method of a request that no part of ours takes; whatever a client sends under this name is removed. */
export const REFUSED_METHOD_HEADER = "x-omniphi-refused-method";
/** Where such a request is sent, so that it is refused by the admission like all others. */
export const REFUSED_PATH = "/api/refused";

/** What the framework can make a request of; with TRACE it fails, and with the rest it answers by itself. */
const API_METHODS = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);
const PAGE_METHODS = new Set(["GET", "HEAD"]);
/** How long a body may go on after its answer is out: enough to read the answer first. */
const LINGER_MS = 2_000;

type Options = { readonly publicUrl: string; readonly isDevelopment: boolean };
type Message = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly server: Server };

/** A path whose escapes are no UTF-8, on which the framework fails, becomes one with plain percent signs, which is nowhere. */
function mendPath(request: Pick<IncomingMessage, "url">): void {
  const [path = "", ...query] = (request.url ?? "").split("?");
  try {
    decodeURIComponent(path);
  } catch {
    request.url = [path.replaceAll("%", "%25"), ...query].join("?");
  }
}

/** Keeps the query beside what the framework makes of it; whatever a client sends under this name is replaced. */
function stampQuery(request: IncomingMessage): void {
  const url = request.url ?? "";
  const at = url.indexOf("?");
  request.headers[QUERY_HEADER] = at === -1 ? "" : url.slice(at);
}

/**
 * Sends a method that the address cannot have to where it is refused. Pages are only read: for a page the framework would first wait for
 * the whole body, for as long as it takes to come.
 */
function refuseMethod(request: IncomingMessage, { isDevelopment }: Options): void {
  delete request.headers[REFUSED_METHOD_HEADER];
  const { method = "", url = "" } = request;
  const isApi = url.startsWith("/api/");
  const isFramework = isDevelopment && /^\/_?_next/.test(url);
  if ((isApi || isFramework ? API_METHODS : PAGE_METHODS).has(method)) return;
  request.headers[REFUSED_METHOD_HEADER] = method;
  request.method = "GET";
  request.url = REFUSED_PATH;
}

/** Lets a client that still sends read its answer, throws away what comes meanwhile, then ends the connection. */
function endLingering(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    if (request.complete) return;
    request.removeAllListeners("readable");
    request.on("data", () => {});
    request.resume();
    const timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy();
    }, LINGER_MS);
    timer.unref();
  });
}

const PARSER_REFUSALS: Readonly<Record<string, readonly [status: number, title: string, what: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large", "The headers are too large."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "Payload Too Large", "The chunk extensions are too large."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "The request took too long to arrive."],
};

/** Answers what Node could not read as HTTP, which no handler ever sees. */
function answerBroken(error: Error & { code?: string }, socket: Duplex, publicUrl: string): void {
  const known = PARSER_REFUSALS[error.code ?? ""];
  const [status, title, what] = known ?? [400, "Bad Request", "This is not a well-formed HTTP request."];
  const requestId = newRequestId();
  const problem = problemOf(invalid("http.malformed", `${what} Check the client.`), requestId, publicUrl);
  const body = JSON.stringify({ ...problem, title, status });
  const headers = {
    ...API_SECURITY_HEADERS,
    ...(isSecureOrigin(publicUrl) ? { "strict-transport-security": HSTS } : {}),
    [REQUEST_ID_HEADER]: requestId,
    "content-type": "application/problem+json",
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join("")}\r\n${body}`);
}

/** Node tells of every request here before any handler sees it (documented channel of node:http). */
const REQUEST_CHANNEL = "http.server.request.start";

/**
 * Guards every request that any server of this process takes from now on: its true peer, a path and a method that the framework can take, the
 * headers that each answer has whoever makes it, and an end to what comes too slowly. The returned function stops that.
 */
export function guardEveryRequest(options: Options): () => void {
  const guarded = new WeakSet<Server>();
  const latest = new WeakMap<Duplex, ServerResponse>();
  const isSecure = isSecureOrigin(options.publicUrl);

  const guardServer = (server: Server) => {
    if (guarded.has(server)) return;
    guarded.add(server);
    server.on("clientError", (error: Error & { code?: string }, socket) => {
      const response = latest.get(socket);
      // Half an answer is on the line already, or nobody is there to read one.
      const isBusy = response?.headersSent === true && !response.writableFinished;
      if (!socket.writable || isBusy || error.code === "ECONNRESET") socket.destroy();
      else answerBroken(error, socket, options.publicUrl);
    });
  };
  const onRequest = (message: unknown) => {
    const { request, response, server } = message as Message;
    guardServer(server);
    latest.set(request.socket, response);
    stampPeerAddress(request);
    mendPath(request);
    stampQuery(request);
    refuseMethod(request, options);
    endLingering(request, response);
    for (const [name, value] of Object.entries(COMMON_SECURITY_HEADERS)) response.setHeader(name, value);
    if (isSecure) response.setHeader("strict-transport-security", HSTS);
  };
  subscribe(REQUEST_CHANNEL, onRequest);
  return () => unsubscribe(REQUEST_CHANNEL, onRequest);
}
