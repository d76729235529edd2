import "server-only";
import { createHash } from "node:crypto";
import { type Authentication, authenticate } from "@/server/auth/authenticate";
import { bodyDiffers } from "@/server/domains/agents";
import type { Actor, RequestOrigin, ServiceCtx } from "@/server/kernel/context";
import { invalid, toAppError } from "@/server/kernel/errors";
import type { IdempotencyClaim } from "@/server/kernel/idempotency";
import { drawRateLimits } from "@/server/kernel/rate-limit";
import type { Ports } from "@/server/ports/ports";
import { auditRefusal } from "@/server/runtime/audit-refusal";
import type { Runtime } from "@/server/runtime/runtime";
import { makeServiceCtx } from "@/server/runtime/service-context";
import { assertSameOrigin } from "../cross-origin";
import { DEADLINE_MS, withinDeadline } from "../deadline";
import { assertWithinLimits, drawsOf, rateLimitHeaders, subjectDraw } from "../rate-limit-classes";
import { type Body, NO_BODY, readBodyBytes, readJsonBody } from "./read-body";
import { readQuery } from "./read-query";
import type { AdmissionRule } from "./rule";

/** A request that was let in: who asks for what, read whole. */
export type Admitted = {
  readonly request: Request;
  readonly url: URL;
  readonly runtime: Runtime;
  readonly origin: RequestOrigin;
  readonly auth: Authentication;
  readonly actor: Actor;
  readonly organizationId: string | null;
  readonly query: readonly (readonly [string, string])[];
  readonly body: Body;
  readonly idempotency: IdempotencyClaim | undefined;
  /** Headers that the answer will have; a handler may add to them. */
  readonly headers: Headers;
  /** The context that verbs get. */
  readonly service: ServiceCtx<Ports>;
  /** Draws from the bucket of the thing that is asked about, e.g. the wallet that signs in. @throws rate_limited http.rate_limited */
  readonly limitSubject: (subject: string) => Promise<void>;
};

const NOBODY: Authentication = { via: "none", principal: null, refusal: null };
const ANONYMOUS: Actor = { kind: "anonymous" };

async function readBody(rule: AdmissionRule, request: Request): Promise<Body> {
  if (rule.body === "none" || request.method === "GET" || request.method === "HEAD") return NO_BODY;
  // A long piece of work may have minutes; the body that asks for it may not.
  const deadlineMs = Math.min(rule.deadlineMs, DEADLINE_MS);
  if (rule.body === "json") return withinDeadline(readJsonBody(request, rule.maxBodyBytes), deadlineMs);
  const bytes = await withinDeadline(readBodyBytes(request, rule.maxBodyBytes), deadlineMs);
  return { ...NO_BODY, bytes };
}

const sha256Hex = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const targetOf = (request: Request, url: URL) => ({ method: request.method, path: `${url.pathname}${url.search}` });

/** The caller's key with what it stands for: the same key with another request is refused. @throws invalid http.bad_idempotency_key */
function idempotencyOf(request: Request, url: URL, bytes: Uint8Array): IdempotencyClaim | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null) return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw invalid("http.bad_idempotency_key", "An Idempotency-Key is 1 to 200 visible ASCII characters.");
  }
  const hash = createHash("sha256").update(`${request.method}\n${url.pathname}\n`).update(bytes);
  return { key, requestHash: hash.digest("hex") };
}

/** How long a refusal waits for the body that names what was asked for. */
const NAMING_MS = 1_000;

/** What a request that is refused unread asks for, so that the audit row can name it. */
async function valuesInBody(rule: AdmissionRule, request: Request): Promise<readonly unknown[]> {
  if (rule.body !== "json") return [];
  const body = await withinDeadline(readBody(rule, request), NAMING_MS).catch(() => NO_BODY);
  return Object.values(body.json);
}

/**
 * Lets one request in and gives it to `answer`: who asks, rate, origin, permission, then the body and what it claims. What is refused to
 * somebody known, here or later, is audited.
 */
export async function admit(
  rule: AdmissionRule,
  asking: {
    readonly request: Request;
    readonly url: URL;
    readonly runtime: Runtime;
    readonly origin: RequestOrigin;
    readonly headers: Headers;
  },
  answer: (admitted: Admitted) => Promise<Response>,
): Promise<Response> {
  const { request, url, runtime, origin, headers } = asking;
  const auth = rule.readsCredential
    ? await authenticate(runtime, request.headers, origin, targetOf(request, url))
    : NOBODY;
  const actor = auth.principal?.actor ?? ANONYMOUS;
  const caller = { actor, organizationId: auth.principal?.organizationId ?? null, origin };
  const named = [...rule.named];
  const { rateLimit, bucket } = rule;
  const limitSubject = async (subject: string) => {
    if (rateLimit === null) return;
    assertWithinLimits(await drawRateLimits(runtime.db, [subjectDraw(rateLimit, bucket, subject)]));
  };
  let hasRead = false;
  try {
    if (rateLimit !== null) {
      const { ipAddress } = origin;
      const draws = drawsOf({ rateLimit, operation: bucket, ipAddress, actor: auth.principal ? actor : null });
      const states = await drawRateLimits(runtime.db, draws);
      for (const [name, value] of Object.entries(rateLimitHeaders(states))) headers.set(name, value);
      assertWithinLimits(states);
    }
    const changes = request.method !== "GET" && request.method !== "HEAD";
    if (changes && (rule.sameOrigin === "always" || (rule.sameOrigin === "with_cookie" && auth.via === "cookie"))) {
      assertSameOrigin(request.headers, runtime.settings.publicUrl);
    }
    rule.assertMay({ request, url, auth, origin, settings: runtime.settings });
    const query = readQuery(url);
    hasRead = true;
    const body = await readBody(rule, request);
    if (auth.bodySha256 !== undefined && auth.bodySha256 !== sha256Hex(body.bytes)) throw bodyDiffers();
    named.unshift(...query.map(([, value]) => value), ...Object.values(body.json));
    // Strangers share no key space: one could be given what another made.
    const isKept = rule.keepsIdempotency && auth.principal !== null;
    const idempotency = isKept ? idempotencyOf(request, url, body.bytes) : undefined;
    const service = await makeServiceCtx(runtime, { ...caller, ...(idempotency ? { idempotency } : {}) });
    return await answer({
      request,
      url,
      runtime,
      origin,
      auth,
      actor,
      organizationId: caller.organizationId,
      query,
      body,
      idempotency,
      headers,
      service,
      limitSubject,
    });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.kind === "forbidden" || error.kind === "not_found") {
      if (!hasRead && auth.principal) named.unshift(...(await valuesInBody(rule, request)));
      await auditRefusal(await makeServiceCtx(runtime, caller), { operation: rule.operation, error, input: named });
    }
    throw thrown;
  }
}
