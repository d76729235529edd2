import "server-only";
import { createHash } from "node:crypto";
import { type Authentication, authenticate } from "@/server/auth/authenticate";
import { isSecureOrigin } from "@/server/auth/session-cookie";
import { actorName, hasScope, type IdempotencyClaim, type RequestOrigin } from "@/server/kernel/context";
import { ERROR_TABLE } from "@/server/kernel/error-table";
import { forbidden, invalid, notFound, toAppError, unauthenticated } from "@/server/kernel/errors";
import { drawRateLimits } from "@/server/kernel/rate-limit";
import { auditRefusal } from "@/server/runtime/audit-refusal";
import { getRuntime, type Runtime } from "@/server/runtime/runtime";
import { makeServiceCtx } from "@/server/runtime/service-context";
import { assertSameOrigin } from "./cross-origin";
import { withinDeadline } from "./deadline";
import type { RouteCtx, RouteDefinition } from "./define-route";
import { matchRoute } from "./match-route";
import { countRequest } from "./metrics";
import { problemResponse } from "./problem";
import { assertWithinLimits, drawsOf, rateLimitHeaders, subjectDraw } from "./rate-limit-classes";
import { readInput } from "./read-input";
import { requestOrigin } from "./request-origin";
import { ROUTES } from "./route-table";
import { API_SECURITY_HEADERS, HSTS } from "./security-headers";
import { eventStreamResponse, type ServerSentEvent } from "./server-sent-events";
import { claimStream } from "./stream-slots";

/** Refuses who may not ask for this route, before anything of the input is read. */
function assertAccess(route: RouteDefinition, { principal, refusal }: Authentication): void {
  if (refusal) throw refusal;
  if (route.access === "public") return;
  if (principal === null) {
    throw unauthenticated("auth.session_missing", "Sign in, or send an API token as bearer, to do this.");
  }
  if (route.scope !== null && !hasScope(principal.actor, route.scope)) {
    throw forbidden(
      "auth.scope_missing",
      `This needs the scope ${route.scope}, which your role or token does not have.`,
      { details: { scope: route.scope } },
    );
  }
  if (route.access === "organization" && principal.organizationId === null) {
    throw forbidden("auth.organization_missing", "No organisation is chosen. Choose one, then try again.");
  }
}

function idempotencyOf(
  request: Request,
  route: RouteDefinition,
  auth: Authentication,
  bodyText: string,
): IdempotencyClaim | undefined {
  const key = request.headers.get("idempotency-key");
  // Strangers share no key space: one could be given what another made.
  if (key === null || route.method !== "POST" || auth.principal === null) return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw invalid("http.bad_idempotency_key", "An Idempotency-Key is 1 to 200 visible ASCII characters.");
  }
  const { pathname } = new URL(request.url);
  const requestHash = createHash("sha256").update(`${route.method}\n${pathname}\n${bodyText}`).digest("hex");
  return { key, requestHash };
}

function answer(runtime: Runtime, route: RouteDefinition, out: unknown, headers: Headers): Response {
  if (route.output === null) return new Response(null, { status: route.status, headers });
  const text = JSON.stringify(out);
  if (runtime.settings.isStrict) {
    const checked = route.output.safeParse(JSON.parse(text));
    if (!checked.success)
      throw new Error(`${route.operationId} answered another shape than declared: ${checked.error.message}`);
  }
  headers.set("content-type", "application/json");
  return new Response(text, { status: route.status, headers });
}

async function serve(
  runtime: Runtime,
  route: RouteDefinition,
  params: Readonly<Record<string, string>>,
  request: Request,
  origin: RequestOrigin,
  headers: Headers,
): Promise<Response> {
  const auth = await authenticate(runtime, request.headers, origin);
  const principalName = auth.principal ? actorName(auth.principal.actor) : null;
  const draws = drawsOf({
    rateLimit: route.rateLimit,
    operation: route.operationId,
    ipAddress: origin.ipAddress,
    principal: principalName,
  });
  const states = await drawRateLimits(runtime.db, draws);
  for (const [name, value] of Object.entries(rateLimitHeaders(states))) headers.set(name, value);
  assertWithinLimits(states);
  if (auth.via === "cookie" && route.method !== "GET") assertSameOrigin(request.headers, runtime.settings.publicUrl);
  const caller = {
    actor: auth.principal?.actor ?? ({ kind: "anonymous" } as const),
    organizationId: auth.principal?.organizationId ?? null,
    origin,
  };
  const operation = `${route.method} ${route.path}`;
  try {
    assertAccess(route, auth);
  } catch (thrown) {
    const error = toAppError(thrown);
    await auditRefusal(await makeServiceCtx(runtime, caller), { operation, error, input: Object.values(params) });
    throw error;
  }

  const { raw, bodyText } = await readInput(route, request, params);
  const subject = route.limitBy?.(raw);
  if (subject !== undefined) {
    assertWithinLimits(await drawRateLimits(runtime.db, [subjectDraw(route.rateLimit, route.operationId, subject)]));
  }
  const idempotency = idempotencyOf(request, route, auth, bodyText);
  const service = await makeServiceCtx(runtime, { ...caller, ...(idempotency ? { idempotency } : {}) });
  const gone = new AbortController();
  const ctx: RouteCtx = {
    service,
    runtime,
    principal: auth.principal,
    viaCookie: auth.via === "cookie",
    signal: AbortSignal.any([request.signal, gone.signal]),
    lastEventId: request.headers.get("last-event-id"),
    responseHeaders: headers,
  };
  const run = async () => {
    try {
      return await route.run(ctx, raw);
    } catch (thrown) {
      await auditRefusal(service, { operation, error: toAppError(thrown), input: Object.values(raw) });
      throw thrown;
    }
  };
  if (!route.isStream) return answer(runtime, route, await run(), headers);
  // Nobody reads the body of an answer to HEAD, so nobody would end the stream either.
  if (request.method === "HEAD") return new Response(null, { status: route.status, headers });

  const release = claimStream(principalName ?? `ip:${origin.ipAddress}`);
  try {
    const events = (await run()) as AsyncIterable<ServerSentEvent>;
    return eventStreamResponse({
      events,
      signal: request.signal,
      headers: Object.fromEntries(headers),
      isStillAllowed: async () => {
        const now = await authenticate(runtime, request.headers, origin);
        // A session may move on, e.g. when its person was taken out: what it reads here is still the organisation's of before.
        return now.principal?.organizationId === auth.principal?.organizationId && isStillAllowed(route, now);
      },
      onEnd: (failure) => {
        gone.abort();
        release();
        if (failure) service.logger.warn({ err: failure, route: route.path }, "http.stream.failed");
      },
    });
  } catch (thrown) {
    release();
    throw thrown;
  }
}

function isStillAllowed(route: RouteDefinition, auth: Authentication): boolean {
  try {
    assertAccess(route, auth);
    return true;
  } catch {
    return false;
  }
}

/** Answers one request to `/api/v1`: by the route table or not at all. Never throws; what fails is a problem document. */
export async function handleApiRequest(request: Request): Promise<Response> {
  const startedAt = performance.now();
  const runtime = await getRuntime();
  const { publicUrl, trustedProxyCount } = runtime.settings;
  const origin = requestOrigin(request.headers, trustedProxyCount);
  const headers = new Headers(API_SECURITY_HEADERS);
  headers.set("x-request-id", origin.requestId);
  if (isSecureOrigin(publicUrl)) headers.set("strict-transport-security", HSTS);
  const { pathname } = new URL(request.url);
  const match = matchRoute(ROUTES, request.method === "HEAD" ? "GET" : request.method, pathname);
  let response: Response;
  try {
    if (match.kind === "not_found")
      throw notFound("http.route_not_found", `There is nothing at ${pathname}. See /docs/api.`);
    if (match.kind === "method_not_allowed") {
      headers.set("allow", match.allowed.join(", "));
      throw invalid(
        "http.method_not_allowed",
        `${request.method} is not possible here; ${match.allowed.join(", ")} is.`,
      );
    }
    response = await withinDeadline(serve(runtime, match.route, match.params, request, origin, headers));
  } catch (thrown) {
    const error = toAppError(thrown);
    runtime.logger[ERROR_TABLE[error.kind].log](
      {
        requestId: origin.requestId,
        route: match.kind === "found" ? match.route.path : null,
        kind: error.kind,
        code: error.code,
        ipAddress: origin.ipAddress,
        err: error.kind === "internal" ? thrown : undefined,
      },
      "http.request.refused",
    );
    response = problemResponse(error, { requestId: origin.requestId, publicUrl, headers: Object.fromEntries(headers) });
  }
  const durationMs = performance.now() - startedAt;
  const route = match.kind === "found" ? match.route.path : "unmatched";
  countRequest({ route, method: request.method, status: response.status, durationMs });
  runtime.logger.debug(
    {
      requestId: origin.requestId,
      route,
      method: request.method,
      status: response.status,
      durationMs: Math.round(durationMs),
    },
    "http.request.completed",
  );
  return response;
}
