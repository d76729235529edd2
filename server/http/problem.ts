import { ERROR_TABLE } from "@/server/kernel/error-table";
import { type AppError, toAppError } from "@/server/kernel/errors";
import { API_SECURITY_HEADERS } from "./security-headers";

/** Refusals that belong to HTTP alone and so have no kind of their own. */
const HTTP_REFUSALS: Readonly<Record<string, { readonly status: number; readonly title: string }>> = {
  "http.method_not_allowed": { status: 405, title: "Method not allowed" },
  "http.body_too_large": { status: 413, title: "Body too large" },
  "http.unsupported_media_type": { status: 415, title: "Unsupported media type" },
  "http.unsupported_encoding": { status: 415, title: "Unsupported content encoding" },
};

/** What refuses a request before it is anybody's: its form, its size or its pace, by status. */
export const TRANSPORT_REFUSALS: Readonly<Record<number, string>> = {
  408: "Request timeout",
  413: "Body too large",
  415: "Unsupported media type, or content encoding",
  431: "Headers too large, the address among them",
};

/** HTTP status of an error. */
export const statusOf = (error: AppError): number => HTTP_REFUSALS[error.code]?.status ?? ERROR_TABLE[error.kind].http;

/** Body of `application/problem+json` (RFC 9457) with our `code`, `errors` by field and flat `details`. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
};

/** The problem that a thrown value is told as; what we did not foresee keeps its message to the log. */
export function problemOf(thrown: unknown, requestId: string, publicUrl: string): Problem {
  const error = toAppError(thrown);
  return {
    type: `${new URL(publicUrl).origin}/docs/api#error-${error.kind}`,
    title: HTTP_REFUSALS[error.code]?.title ?? ERROR_TABLE[error.kind].title,
    status: statusOf(error),
    detail: error.message,
    instance: requestId,
    code: error.code,
    ...(error.fieldErrors ? { errors: error.fieldErrors } : {}),
    ...(Object.keys(error.details).length > 0 ? { details: error.details } : {}),
  };
}

/** The answer for a thrown value, with `Retry-After` and `WWW-Authenticate` where they apply. */
export function problemResponse(
  thrown: unknown,
  context: {
    readonly requestId: string;
    readonly publicUrl: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Response {
  const error = toAppError(thrown);
  const problem = problemOf(error, context.requestId, context.publicUrl);
  const headers = new Headers({ ...API_SECURITY_HEADERS, ...context.headers });
  headers.set("content-type", "application/problem+json");
  headers.set("x-request-id", context.requestId);
  if (error.kind === "unauthenticated") headers.set("www-authenticate", 'Bearer realm="omniphi"');
  const retryAfterSeconds = error.retryAfterSeconds ?? (problem.status === 503 ? 5 : undefined);
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
