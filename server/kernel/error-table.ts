/** Every kind of failure the product knows; closed, so that a kind without a row in the table does not compile. */
export const ERROR_KINDS = [
  "invalid",
  "unauthenticated",
  "payment_required",
  "forbidden",
  "not_found",
  "conflict",
  "invalid_state",
  "stale_version",
  "limit_exceeded",
  "rate_limited",
  "upstream_rejected",
  "upstream_unavailable",
  "timeout",
  "internal",
] as const;

export type ErrorKind = (typeof ERROR_KINDS)[number];

/** What a durable function does with a failure: `fail` ends the run, `retry` backs off, `retry_after` waits as told. */
export type JobBehaviour = "fail" | "retry" | "retry_after";

export type ErrorRow = {
  readonly trpc: string;
  readonly http: number;
  readonly job: JobBehaviour;
  readonly log: "info" | "warn" | "error";
  readonly title: string;
};

/** One meaning per kind: tRPC code, HTTP status, job behaviour and log level (a test asks tRPC itself for each status). */
export const ERROR_TABLE = {
  invalid: { trpc: "BAD_REQUEST", http: 400, job: "fail", log: "info", title: "Invalid input" },
  unauthenticated: { trpc: "UNAUTHORIZED", http: 401, job: "fail", log: "info", title: "Sign-in required" },
  payment_required: { trpc: "PAYMENT_REQUIRED", http: 402, job: "fail", log: "info", title: "Payment required" },
  forbidden: { trpc: "FORBIDDEN", http: 403, job: "fail", log: "warn", title: "Not allowed" },
  not_found: { trpc: "NOT_FOUND", http: 404, job: "fail", log: "info", title: "Not found" },
  conflict: { trpc: "CONFLICT", http: 409, job: "fail", log: "info", title: "Conflict" },
  invalid_state: { trpc: "CONFLICT", http: 409, job: "fail", log: "info", title: "Not possible in this state" },
  stale_version: { trpc: "PRECONDITION_FAILED", http: 412, job: "fail", log: "info", title: "Changed meanwhile" },
  limit_exceeded: { trpc: "UNPROCESSABLE_CONTENT", http: 422, job: "fail", log: "info", title: "Limit reached" },
  rate_limited: { trpc: "TOO_MANY_REQUESTS", http: 429, job: "retry_after", log: "info", title: "Too many requests" },
  upstream_rejected: { trpc: "BAD_GATEWAY", http: 502, job: "fail", log: "warn", title: "Refused upstream" },
  upstream_unavailable: {
    trpc: "SERVICE_UNAVAILABLE",
    http: 503,
    job: "retry",
    log: "warn",
    title: "Upstream unavailable",
  },
  timeout: { trpc: "GATEWAY_TIMEOUT", http: 504, job: "retry", log: "warn", title: "Timed out" },
  internal: { trpc: "INTERNAL_SERVER_ERROR", http: 500, job: "retry", log: "error", title: "Internal error" },
} as const satisfies Record<ErrorKind, ErrorRow>;
