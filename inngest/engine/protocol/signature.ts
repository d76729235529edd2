import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** How far the clock of a signature may be from ours, in seconds (Inngest SDK specification 4.1.3). */
const toleranceSeconds = 300;

const withoutPrefix = (signingKey: string): string => signingKey.replace(/^signkey-\w+-/, "");

/** The `X-Inngest-Signature` of a body: `t=<unix seconds>&s=<hex HMAC-SHA256 of body and t>` (Inngest SDK specification 4.1.1). */
export function sign(body: string | Uint8Array, signingKey: string, unixSeconds: number): string {
  const digest = createHmac("sha256", withoutPrefix(signingKey)).update(body).update(String(unixSeconds)).digest("hex");
  return `t=${unixSeconds}&s=${digest}`;
}

/** Whether a signature header belongs to the body and is not older or newer than five minutes. */
export function isSignedBy(
  header: string | undefined,
  body: string | Uint8Array,
  signingKey: string,
  unixSeconds: number,
): boolean {
  const parameters = new URLSearchParams(header ?? "");
  const signedAt = Number(parameters.get("t"));
  if (!Number.isInteger(signedAt) || Math.abs(unixSeconds - signedAt) > toleranceSeconds) return false;
  return isSameText(sign(body, signingKey, signedAt), `t=${signedAt}&s=${parameters.get("s") ?? ""}`);
}

/** Whether an `Authorization` header carries the signing key, as the SDK sends it: prefix kept, the rest replaced by its SHA-256. */
export function isAuthorizedBy(header: string | undefined, signingKey: string): boolean {
  const key = withoutPrefix(signingKey);
  const prefix = signingKey.slice(0, signingKey.length - key.length);
  const hash = createHash("sha256").update(Buffer.from(key, "hex")).digest("hex");
  return isSameText(header ?? "", `Bearer ${prefix}${hash}`);
}

/** Compares in a time that does not depend on where the texts differ. */
export function isSameText(a: string, b: string): boolean {
  const left = createHash("sha256").update(a).digest();
  const right = createHash("sha256").update(b).digest();
  return timingSafeEqual(left, right);
}
