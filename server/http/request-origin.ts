import type { RequestOrigin } from "@/server/kernel/context";
import { uuidv7 } from "@/server/kernel/ids";
import { safeText } from "@/server/kernel/safe-text";
import { PEER_HEADER } from "./peer-address";

/** Header under which `proxy.ts` names a request and every answer repeats the name. */
export const REQUEST_ID_HEADER = "x-request-id";

const REQUEST_ID = /^req_[0-9a-f-]{36}$/;

/** A new request id. */
export const newRequestId = (): string => `req_${uuidv7()}`;

/**
 * The client's address: the socket's peer, or, behind proxies that we run, the entry that the outermost of them added. What a client writes
 * into X-Forwarded-For itself stands further left and is never read.
 */
export function clientIpAddress(headers: Headers, trustedProxyCount: number): string | null {
  const peer = headers.get(PEER_HEADER);
  const forwarded = (headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const hops = peer === null ? forwarded : [...forwarded, peer];
  if (trustedProxyCount === 0) return peer;
  return hops.at(-1 - trustedProxyCount) ?? hops[0] ?? null;
}

/** What a program calls itself, which is kept with sessions and audit rows: as much as is read, and nothing that acts on a terminal. */
function userAgentOf(headers: Headers): string | null {
  const userAgent = headers.get("user-agent");
  return userAgent === null ? null : safeText(userAgent, 300);
}

/** Where a request came from. */
export function requestOrigin(headers: Headers, trustedProxyCount: number): RequestOrigin {
  const named = headers.get(REQUEST_ID_HEADER);
  return {
    requestId: named !== null && REQUEST_ID.test(named) ? named : newRequestId(),
    ipAddress: clientIpAddress(headers, trustedProxyCount),
    userAgent: userAgentOf(headers),
  };
}
