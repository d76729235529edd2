import "server-only";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { isSecureOrigin } from "@/server/auth/session-cookie";
import { assertSameOrigin } from "@/server/http/cross-origin";
import { withinDeadline } from "@/server/http/deadline";
import { countRequest } from "@/server/http/metrics";
import { assertWithinLimits, drawsOf, rateLimitHeaders } from "@/server/http/rate-limit-classes";
import { isJson, readBodyBytes } from "@/server/http/read-body";
import { requestOrigin } from "@/server/http/request-origin";
import { API_SECURITY_HEADERS, HSTS } from "@/server/http/security-headers";
import { actorName } from "@/server/kernel/context";
import { invalid, isAppError, toAppError } from "@/server/kernel/errors";
import { drawRateLimits } from "@/server/kernel/rate-limit";
import { getRuntime } from "@/server/runtime/runtime";
import { createTrpcContext, type TrpcContext } from "./context";
import { toTrpcError } from "./init";
import { appRouter } from "./root";

type Admitted = { readonly context: TrpcContext; readonly request: Request };

/** Who asks, within their limits and from our own pages; with the body read. */
async function admit(request: Request, requestId: string, headers: Headers): Promise<Admitted> {
  const runtime = await getRuntime();
  const isMutation = request.method !== "GET";
  const context = await createTrpcContext(withRequestId(request.headers, requestId));
  const states = await drawRateLimits(
    runtime.db,
    drawsOf({
      rateLimit: isMutation ? "write" : "read",
      operation: "trpc",
      ipAddress: context.service.origin.ipAddress,
      principal: context.principal ? actorName(context.principal.actor) : null,
    }),
  );
  for (const [name, value] of Object.entries(rateLimitHeaders(states))) headers.set(name, value);
  assertWithinLimits(states);
  // Many calls in one request would draw from the caller's limits once; our pages send them one by one.
  if (new URL(request.url).searchParams.has("batch")) {
    throw invalid("http.batch_refused", "One request carries one call here. Send the calls one by one.");
  }
  if (!isMutation) return { context, request };
  if (context.auth.via === "cookie") assertSameOrigin(request.headers, runtime.settings.publicUrl);
  if (!isJson(request.headers)) {
    throw invalid("http.unsupported_media_type", "Send JSON with Content-Type: application/json.");
  }
  const body = Buffer.from(await readBodyBytes(request));
  return { context, request: new Request(request.url, { method: "POST", headers: request.headers, body }) };
}

function withRequestId(headers: Headers, requestId: string): Headers {
  const named = new Headers(headers);
  named.set("x-request-id", requestId);
  return named;
}

/** The same calls with nothing in them: a refused body may be half read, and the URL is enough to tell each call of its refusal. */
function withoutBody(request: Request): Request {
  if (request.method === "GET") return new Request(request.url);
  return new Request(request.url, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
}

/** Answers `/api/trpc/*`; what is refused before a procedure is reached (limits, origin, database) is told in tRPC's own shape too. */
export async function handleTrpcRequest(request: Request): Promise<Response> {
  const startedAt = performance.now();
  const { settings, logger } = await getRuntime();
  const { requestId } = requestOrigin(request.headers, settings.trustedProxyCount);
  const headers = new Headers(API_SECURITY_HEADERS);
  headers.set("x-request-id", requestId);
  if (isSecureOrigin(settings.publicUrl)) headers.set("strict-transport-security", HSTS);
  const admitted = await withinDeadline(admit(request, requestId, headers)).catch((thrown: unknown) =>
    toAppError(thrown),
  );
  const refusal = isAppError(admitted) ? admitted : null;
  if (refusal?.retryAfterSeconds !== undefined) headers.set("retry-after", String(refusal.retryAfterSeconds));
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req: isAppError(admitted) ? withoutBody(request) : admitted.request,
    router: appRouter,
    allowBatching: isAppError(admitted),
    createContext: () => {
      if (isAppError(admitted)) throw toTrpcError(admitted);
      return admitted.context;
    },
    responseMeta: () => ({ headers }),
    onError: ({ error, path }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") logger.error({ err: error, path, requestId }, "trpc.call.failed");
    },
  });
  countRequest({
    route: "/api/trpc",
    method: request.method,
    status: response.status,
    durationMs: performance.now() - startedAt,
  });
  return response;
}
