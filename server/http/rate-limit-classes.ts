import { type Actor, actorName } from "@/server/kernel/context";
import { rateLimited } from "@/server/kernel/errors";
import type { RateLimitDraw, RateLimitState } from "@/server/kernel/rate-limit";

/** How often one class of route may be asked, per minute. A console polls some lists every two seconds, which `read` leaves room for. */
export const RATE_LIMIT_CLASSES = {
  /** Sign-in: each operation has its own bucket, per address of the client and again per wallet. */
  auth: { perAnonymousIp: 10, perPrincipal: 10 },
  read: { perAnonymousIp: 120, perPrincipal: 600 },
  write: { perAnonymousIp: 30, perPrincipal: 120 },
  /** Opening a stream; an open one costs nothing more. */
  stream: { perAnonymousIp: 30, perPrincipal: 120 },
  /** A file that is made for the caller, row by row. */
  download: { perAnonymousIp: 6, perPrincipal: 12 },
  /** Test coins; counted for an address of the client, whoever is signed in there. */
  faucet: { perAnonymousIp: 5, perPrincipal: 5 },
  /** Reports of one machine, which come twice a minute; so many machines may stand behind one address. */
  agent: { perAnonymousIp: 60, perPrincipal: 4 },
  /** What a vendor's servers send us, signed; they retry in bursts. */
  webhook: { perAnonymousIp: 600, perPrincipal: 600 },
} as const;

export type RateLimitClass = keyof typeof RATE_LIMIT_CLASSES;

/** All signed-in requests from one address together, and all by one person's tokens: many tokens do not make many budgets. */
const PER_IP_OVERALL = 1_800;
const PER_PERSON_BY_TOKENS = 1_800;
const PERIOD_SECONDS = 60;

/**
 * Whom an address counts for: itself in IPv4, its /64 network in IPv6, since one customer has all 2^64 addresses of such a network to choose
 * from (RFC 6177).
 */
export function countedAddress(ipAddress: string | null): string {
  const ip = ipAddress?.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*/, "") ?? "unknown";
  if (!ip.includes(":")) return ip;
  const [left = [], right = []] = ip.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const between = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const network = [...left, ...between, ...right]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""));
  return `${network.join(":")}::/64`;
}

/** The buckets of one request. `operation` splits the `auth` class; `actor` is null for nobody. */
export function drawsOf(request: {
  readonly rateLimit: RateLimitClass;
  readonly operation: string;
  readonly ipAddress: string | null;
  readonly actor: Actor | null;
}): RateLimitDraw[] {
  const limits = RATE_LIMIT_CLASSES[request.rateLimit];
  const bucket = request.rateLimit === "auth" ? `auth.${request.operation}` : request.rateLimit;
  const ip = countedAddress(request.ipAddress);
  const { actor } = request;
  if (request.rateLimit === "auth" || request.rateLimit === "faucet" || actor === null) {
    return [{ key: `${bucket}:ip:${ip}`, limit: limits.perAnonymousIp, periodSeconds: PERIOD_SECONDS }];
  }
  return [
    { key: `${bucket}:${actorName(actor)}`, limit: limits.perPrincipal, periodSeconds: PERIOD_SECONDS },
    { key: `all:ip:${ip}`, limit: PER_IP_OVERALL, periodSeconds: PERIOD_SECONDS },
    ...(actor.kind === "apiToken"
      ? [{ key: `all:tokens:${actor.userId}`, limit: PER_PERSON_BY_TOKENS, periodSeconds: PERIOD_SECONDS }]
      : []),
  ];
}

/** The bucket of the thing that a request is about, e.g. the wallet that signs in. */
export const subjectDraw = (rateLimit: RateLimitClass, operation: string, subject: string): RateLimitDraw => ({
  // As the caller typed it: what no address has in it could not even be kept as a key.
  key: `${rateLimit}.${operation}:subject:${subject.replace(/[^\x21-\x7e]/g, "?")}`,
  limit: RATE_LIMIT_CLASSES[rateLimit].perPrincipal,
  periodSeconds: PERIOD_SECONDS,
});

/** `X-RateLimit-*` of the tightest bucket. */
export function rateLimitHeaders(states: readonly RateLimitState[]): Record<string, string> {
  const [tightest] = [...states].sort((a, b) => a.remaining - b.remaining);
  if (!tightest) return {};
  return {
    "x-ratelimit-limit": String(tightest.limit),
    "x-ratelimit-remaining": String(tightest.remaining),
    "x-ratelimit-reset": String(tightest.resetSeconds),
  };
}

/** @throws rate_limited http.rate_limited when any bucket is empty */
export function assertWithinLimits(states: readonly RateLimitState[]): void {
  const waits = states.filter((state) => !state.isAllowed).map((state) => state.retryAfterSeconds);
  if (waits.length === 0) return;
  const retryAfterSeconds = Math.max(...waits);
  throw rateLimited(
    "http.rate_limited",
    `Too many requests in a short time. Wait ${retryAfterSeconds} s, then go on more slowly.`,
    { retryAfterSeconds, details: { retryAfterSeconds } },
  );
}
