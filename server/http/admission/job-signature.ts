import { canonicalJson, isSignedBy } from "@/inngest/engine/signing";
import { rateLimited, unauthenticated } from "@/server/kernel/errors";
import { countedAddress } from "../rate-limit-classes";
import { decodeText } from "./read-body";

const SIGNATURE_HEADER = "x-inngest-signature";

/** A server that sends another form than it signed (RFC 8785) is read once before it is believed; not for more than any caller may send. */
const MAX_UNPROVEN_BYTES = 1_048_576;
const TRIES_PER_MINUTE = 30;
const PERIOD_MS = 60_000;

const failures = new Map<string, { count: number; endsAt: number }>();

function countFailure(address: string, now: number): void {
  const known = failures.get(address);
  if (known && known.endsAt > now) {
    known.count += 1;
    return;
  }
  for (const [key, { endsAt }] of failures) if (endsAt <= now) failures.delete(key);
  failures.set(address, { count: 1, endsAt: now + PERIOD_MS });
}

const refused = () =>
  unauthenticated("jobs.not_signed", "A call of the job server must carry its signature, made within five minutes.");

/** Refuses what cannot be signed by what its headers say, before any of its body is read. @throws unauthenticated jobs.not_signed */
export function assertMayBeSigned(headers: Headers, ipAddress: string | null, now: number): void {
  const known = failures.get(countedAddress(ipAddress));
  if (known && known.endsAt > now && known.count >= TRIES_PER_MINUTE) {
    throw rateLimited("http.rate_limited", "Too many calls with a wrong signature. Wait a minute, then try again.", {
      retryAfterSeconds: Math.ceil((known.endsAt - now) / 1_000),
    });
  }
  if (!/^t=\d{1,12}&s=[0-9a-f]{64}$/.test(headers.get(SIGNATURE_HEADER) ?? "")) throw refused();
}

function canonicalForm(bytes: Uint8Array): string | undefined {
  try {
    return canonicalJson(JSON.parse(decodeText(bytes)));
  } catch {
    return undefined;
  }
}

/**
 * Proves that the job server sent these bytes. The signature is over what was sent; a server elsewhere may have signed the canonical form of
 * it, which the SDK checks too.
 * @throws unauthenticated jobs.not_signed
 */
export function assertSigned(
  call: {
    readonly headers: Headers;
    readonly bytes: Uint8Array;
    readonly ipAddress: string | null;
    readonly now: number;
  },
  server: { readonly signingKey: string; readonly isElsewhere: boolean },
): void {
  const signature = call.headers.get(SIGNATURE_HEADER) ?? undefined;
  const isSigned = (body: string | Uint8Array) =>
    isSignedBy(signature, body, server.signingKey, Math.round(call.now / 1_000));
  if (isSigned(call.bytes)) return;
  if (server.isElsewhere && call.bytes.byteLength > 0 && call.bytes.byteLength <= MAX_UNPROVEN_BYTES) {
    const form = canonicalForm(call.bytes);
    if (form !== undefined && isSigned(form)) return;
  }
  // On this machine nobody but our own engine gets here, and it must not be shut out by a neighbour.
  if (server.isElsewhere) countFailure(countedAddress(call.ipAddress), call.now);
  throw refused();
}
