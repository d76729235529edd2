import "server-only";
import { isSecureOrigin } from "@/server/auth/session-cookie";
import { ERROR_TABLE } from "@/server/kernel/error-table";
import { type AppError, invalid, notFound, toAppError } from "@/server/kernel/errors";
import { getRuntime, type Runtime } from "@/server/runtime/runtime";
import { withinDeadline } from "../deadline";
import { QUERY_HEADER, REFUSED_METHOD_HEADER } from "../incoming";
import { countRequest } from "../metrics";
import { problemResponse } from "../problem";
import { newRequestId, requestOrigin } from "../request-origin";
import { API_SECURITY_HEADERS, HSTS } from "../security-headers";
import { type Admitted, admit } from "./admit";
import type { AdmissionRule } from "./rule";

/** What an entry point has at an address: a rule, other methods, or nothing. */
export type Found<Rule> =
  | { readonly kind: "found"; readonly rule: Rule }
  | { readonly kind: "method_not_allowed"; readonly allowed: readonly string[] }
  | { readonly kind: "not_found" };

/** One way in: which rules it has and what answers where one lets a request in. */
export type Entry<Rule extends AdmissionRule> = {
  /** Asked with GET for HEAD. */
  readonly find: (method: string, url: URL, request: Request) => Found<Rule>;
  readonly answer: (admitted: Admitted, rule: Rule) => Promise<Response>;
  /** A refusal in this transport's own shape; a problem document where not said. */
  readonly refuse?: (error: AppError, request: Request, headers: Headers) => Promise<Response>;
};

/** The address as the client wrote it. */
function askedUrl(request: Request): URL {
  const url = new URL(request.url);
  const query = request.headers.get(QUERY_HEADER);
  if (query !== null) url.search = query;
  return url;
}

function answerHeaders(runtime: Runtime, requestId: string): Headers {
  const headers = new Headers(API_SECURITY_HEADERS);
  headers.set("x-request-id", requestId);
  if (isSecureOrigin(runtime.settings.publicUrl)) headers.set("strict-transport-security", HSTS);
  return headers;
}

/** The answer with what every answer has; what it says itself stays. */
function complete(response: Response, headers: Headers): Response {
  const all = new Headers(response.headers);
  for (const [name, value] of headers) {
    if (name === "set-cookie") all.append(name, value);
    else if (!all.has(name)) all.set(name, value);
  }
  return new Response(response.body, { status: response.status, headers: all });
}

/**
 * The handler of an entry point. Everything that reaches us passes here: method, time (the body's included), and then the rest of the
 * admission by the rule that is found. Never throws: what fails is told in the transport's shape, with the security headers.
 */
export function admitting<Rule extends AdmissionRule>(entry: Entry<Rule>): (request: Request) => Promise<Response> {
  return async (request) => {
    const startedAt = performance.now();
    const runtime = await getRuntime();
    const { publicUrl, trustedProxyCount } = runtime.settings;
    // A name of our own: under one that a client chose, the log would tell of somebody else's request.
    const requestId = newRequestId();
    const origin = { ...requestOrigin(request.headers, trustedProxyCount), requestId };
    const headers = answerHeaders(runtime, requestId);
    const url = askedUrl(request);
    const found = entry.find(request.method === "HEAD" ? "GET" : request.method, url, request);
    const route = found.kind === "found" ? found.rule.route : "unmatched";

    const respond = async (): Promise<Response> => {
      if (found.kind === "not_found") {
        throw notFound("http.route_not_found", `There is nothing at ${url.pathname}. See /docs/api.`);
      }
      if (found.kind === "method_not_allowed") {
        const allowed = [
          ...new Set(found.allowed.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))),
        ];
        headers.set("allow", allowed.join(", "));
        if (request.method === "OPTIONS") return new Response(null, { status: 204 });
        const asked = request.headers.get(REFUSED_METHOD_HEADER) ?? request.method;
        throw invalid("http.method_not_allowed", `${asked} is not possible here; ${allowed.join(", ")} is.`);
      }
      const { rule } = found;
      return withinDeadline(
        admit(rule, { request, url, runtime, origin, headers }, (admitted) => entry.answer(admitted, rule)),
        rule.deadlineMs,
        // A stream or a download that is ready too late has a slot and a source, and nobody to read it.
        (late) => {
          late.body?.cancel().catch(() => undefined);
        },
      );
    };
    const refuse = async (thrown: unknown): Promise<Response> => {
      const error = toAppError(thrown);
      const { kind, code } = error;
      runtime.logger[ERROR_TABLE[kind].log](
        { requestId, route, kind, code, ipAddress: origin.ipAddress, err: kind === "internal" ? thrown : undefined },
        "http.request.refused",
      );
      if (entry.refuse) return entry.refuse(error, request, headers);
      return problemResponse(error, { requestId, publicUrl });
    };
    const response = complete(await respond().catch(refuse), headers);

    const durationMs = performance.now() - startedAt;
    const { status } = response;
    countRequest({ route, method: request.method, status, durationMs });
    runtime.logger.debug(
      { requestId, route, method: request.method, status, durationMs: Math.round(durationMs) },
      "http.request.completed",
    );
    return response;
  };
}
