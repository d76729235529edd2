import "server-only";
import { initTRPC, TRPCError } from "@trpc/server";
import { ERROR_TABLE, type ErrorKind } from "@/server/kernel/error-table";
import { type AppError, type ErrorDetails, type FieldErrors, isAppError, toAppError } from "@/server/kernel/errors";
import { auditRefusal } from "@/server/runtime/audit-refusal";
import { withinDeadline } from "../http/deadline";
import type { TrpcContext } from "./context";

/** What a client gets of a failure under `error.data.appError`; the UI switches on `kind` and `code`, never on text. */
export type WireAppError = {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
  readonly retryAfterSeconds: number | null;
  readonly requestId: string | null;
};

/** The error as ours. tRPC's own refusals (unknown procedure, wrong method) keep their meaning; all else unforeseen is hidden. */
function appErrorOf(error: TRPCError): AppError {
  return toAppError(isAppError(error.cause) ? error.cause : (error.cause ?? error));
}

/** A call that was not let in; no context was made for it. */
export class RefusedCall extends TRPCError {
  readonly requestId: string | null;

  constructor(what: ConstructorParameters<typeof TRPCError>[0], requestId: string | null) {
    super(what);
    this.requestId = requestId;
  }
}

const t = initTRPC.context<TrpcContext>().create({
  errorFormatter: ({ shape, error, ctx }) => {
    const isOwnRefusal = error.cause === undefined && error.code !== "INTERNAL_SERVER_ERROR";
    const { stack: _stack, ...data } = shape.data;
    if (isOwnRefusal) return { ...shape, data: { ...data, appError: null, fieldErrors: null } };
    const app = appErrorOf(error);
    const wire: WireAppError = {
      kind: app.kind,
      code: app.code,
      message: app.message,
      details: app.details,
      retryAfterSeconds: app.retryAfterSeconds ?? null,
      requestId: ctx?.service.origin.requestId ?? (error instanceof RefusedCall ? error.requestId : null),
    };
    const fieldErrors: FieldErrors | null = app.fieldErrors ?? null;
    return { ...shape, message: app.message, data: { ...data, appError: wire, fieldErrors } };
  },
});

/** The one place where our errors become tRPC's; verbs throw ours and know nothing of transports. */
const mapErrors = t.middleware(async ({ ctx, path, type, getRawInput, next }) => {
  const result = await next();
  if (result.ok || isMapped(result.error)) return result;
  const error = appErrorOf(result.error);
  await auditRefusal(ctx.service, {
    operation: `${type} ${path}`,
    error,
    input: Object.values(Object(await getRawInput())),
  });
  throw toTrpcError(error);
});

const giveUpWhenLate = t.middleware(({ next }) => withinDeadline(next()));

/** Any thrown value as tRPC's error, with ours as its cause. */
export function toTrpcError(thrown: unknown): TRPCError {
  const app = toAppError(thrown);
  return new TRPCError({ code: ERROR_TABLE[app.kind].trpc, message: app.message, cause: app });
}

/** tRPC's own refusals have no cause; a second pass through a nested base finds the work done. */
const isMapped = (error: TRPCError): boolean =>
  (error.cause === undefined && error.code !== "INTERNAL_SERVER_ERROR") ||
  (isAppError(error.cause) && ERROR_TABLE[error.cause.kind].trpc === error.code);

/** The base of every procedure. Who may call is decided by the admission, and for pages by the row itself. */
const procedure = t.procedure
  .use(mapErrors)
  .use(giveUpWhenLate)
  .input((value: unknown) => value);
type Run = (ctx: TrpcContext, input: unknown) => Promise<unknown>;
export const query = (run: Run) => procedure.query(({ ctx, input }) => run(ctx, input));
export const mutation = (run: Run) => procedure.mutation(({ ctx, input }) => run(ctx, input));

export const createRouter = t.router;
export const createCallerFactory = t.createCallerFactory;
