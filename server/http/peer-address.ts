import type { IncomingMessage } from "node:http";

/** Header that carries the socket's peer address inside this process; whatever a client sends under this name is replaced. */
export const PEER_HEADER = "x-omniphi-peer";

/** Headers by which a client could speak as the framework itself (Next's internal sub-request marker, CVE-2025-29927). */
const INTERNAL_HEADERS = ["x-middleware-subrequest", "x-middleware-subrequest-id"];

/**
 * Rewrites the headers of an incoming request before the framework reads them: the true peer is added, internal markers are taken out. Next
 * fills X-Forwarded-For from the socket only when the client has sent none, so without this a client could choose its own address.
 */
export function stampPeerAddress(request: Pick<IncomingMessage, "headers" | "socket">): void {
  for (const name of INTERNAL_HEADERS) delete request.headers[name];
  const peer = request.socket.remoteAddress;
  if (peer === undefined) delete request.headers[PEER_HEADER];
  else request.headers[PEER_HEADER] = peer.replace(/^::ffff:(?=\d+\.)/, "");
}
