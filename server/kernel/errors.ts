import { isDatabaseUnavailable } from "./database-errors";
import { ERROR_TABLE, type ErrorKind } from "./error-table";
import { safeText } from "./safe-text";

/** Flat, JSON-safe facts about a failure; safe to show to the caller. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** Messages by field path, for forms and `application/problem+json`. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

type AppErrorInput = {
  kind: ErrorKind;
  /** Stable `domain.reason`; callers switch on it, never on the message. */
  code: string;
  /** One sentence that is safe to show: what happened, why, what to do. */
  message: string;
  details?: ErrorDetails;
  fieldErrors?: FieldErrors;
  retryAfterSeconds?: number;
  cause?: unknown;
};

/** How much an error repeats of what it was given: enough to find the mistake, never as much as somebody sent. */
const TOLD = { message: 1_000, detail: 1_000, fields: 50, fieldName: 310, perField: 5, perFieldMessage: 500 } as const;

function boundedFields(given: FieldErrors): FieldErrors {
  const entries = Object.entries(given);
  const told = entries
    .slice(0, TOLD.fields)
    .map(([name, messages]) => [
      safeText(name, TOLD.fieldName),
      messages.slice(0, TOLD.perField).map((message) => safeText(message, TOLD.perFieldMessage)),
    ]);
  const left = entries.length - told.length;
  return Object.fromEntries(left > 0 ? [...told, ["_", [`${left} more fields are wrong`]]] : told);
}

const boundedDetails = (given: ErrorDetails): ErrorDetails =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === "string" ? safeText(value, TOLD.detail) : value,
    ]),
  );

/** The one error that crosses layers; domains make them by constructor functions, not by subclasses. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: ErrorDetails;
  readonly fieldErrors: FieldErrors | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(input: AppErrorInput) {
    super(safeText(input.message, TOLD.message), input.cause === undefined ? undefined : { cause: input.cause });
    this.name = "AppError";
    this.kind = input.kind;
    this.code = input.code;
    this.details = boundedDetails(input.details ?? {});
    this.fieldErrors = input.fieldErrors && boundedFields(input.fieldErrors);
    this.retryAfterSeconds = input.retryAfterSeconds;
  }
}

/** Whether a thrown value is ours; checks the shape too, since two bundles may hold two copies of the class. */
export function isAppError(value: unknown): value is AppError {
  if (value instanceof AppError) return true;
  return (
    value instanceof Error &&
    value.name === "AppError" &&
    "kind" in value &&
    Object.hasOwn(ERROR_TABLE, String(value.kind)) &&
    "code" in value
  );
}

/** Turns anything thrown into an AppError; what we did not foresee becomes `internal` with its message hidden. */
export function toAppError(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  if (isDatabaseUnavailable(thrown)) {
    return new AppError({
      kind: "upstream_unavailable",
      code: "kernel.database_unavailable",
      message: "The database does not answer. Nothing was changed; try again in a few seconds.",
      retryAfterSeconds: 5,
      cause: thrown,
    });
  }
  return new AppError({
    kind: "internal",
    code: "kernel.unexpected",
    message:
      "Something failed that was not foreseen. It has been logged under the request id; try again, then tell the operator.",
    cause: thrown,
  });
}

type Extra = Omit<AppErrorInput, "kind" | "code" | "message">;
const make =
  (kind: ErrorKind) =>
  (code: string, message: string, extra: Extra = {}): AppError =>
    new AppError({ kind, code, message, ...extra });

/** Constructors by kind: `(code, message, { details, fieldErrors, retryAfterSeconds, cause })`. */
export const invalid = make("invalid");
export const unauthenticated = make("unauthenticated");
export const paymentRequired = make("payment_required");
export const forbidden = make("forbidden");
export const notFound = make("not_found");
export const conflict = make("conflict");
export const invalidState = make("invalid_state");
export const staleVersion = make("stale_version");
export const limitExceeded = make("limit_exceeded");
export const rateLimited = make("rate_limited");
export const upstreamRejected = make("upstream_rejected");
export const upstreamUnavailable = make("upstream_unavailable");
export const timedOut = make("timeout");
