import { createHash } from "node:crypto";
import { invalid } from "@/server/kernel/errors";
import type { IdempotencyClaim } from "@/server/kernel/idempotency";

/** The caller's key with what it stands for: the same key with another request is refused. @throws invalid http.bad_idempotency_key */
export function idempotencyOf(request: Request, url: URL, bytes: Uint8Array): IdempotencyClaim | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null) return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw invalid("http.bad_idempotency_key", "An Idempotency-Key is 1 to 200 visible ASCII characters.");
  }
  const hash = createHash("sha256").update(`${request.method}\n${url.pathname}\n`).update(bytes);
  return { key, requestHash: hash.digest("hex") };
}
