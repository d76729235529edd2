import "server-only";
import { initTRPC, TRPCError } from "@trpc/server";
import { ERROR_TABLE, type ErrorKind } from "@/server/kernel/error-table";
import { type AppError, type ErrorDetails, type FieldErrors, isAppError, toAppError } from "@/server/kernel/errors";
import { drawRateLimits } from "@/server/kernel/rate-limit";
import type { Caller } from "@/server/kernel/verbs";
import { auditRefusal } from "@/server/runtime/audit-refusal";
import { withinDeadline } from "../http/deadline";
import { assertWithinLimits, drawsOf, type RateLimitClass, subjectDraw } from "../http/rate-limit-classes";
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
      requestId: ctx?.service.origin.requestId ?? null,
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

const anyProcedure = t.procedure.use(mapErrors).use(giveUpWhenLate);
/** How a published row lets a caller in. */
type Admission = {
  /** Whether a credential that is no longer good is as good as none. */
  readonly isForAnybody: boolean;
  readonly assertMay: (caller: Caller) => void;
  /** A stricter class than the transport's own. */
  readonly rateLimit: RateLimitClass | null;
  /** Name of its buckets; REST's path of the same thing draws from the same ones. */
  readonly operation: string;
  readonly limitBy: string | null;
};

/** Asks the row before anything of the input is looked at. */
const admit = (row: Admission) =>
  t.middleware(async ({ ctx, getRawInput, next }) => {
    if (ctx.auth.refusal && !row.isForAnybody) throw ctx.auth.refusal;
    const { actor, organizationId, origin } = ctx.service;
    row.assertMay({ actor, organizationId });
    if (row.rateLimit === "auth" || row.rateLimit === "faucet") {
      const { rateLimit, operation } = row;
      const draws = drawsOf({ rateLimit, operation, ipAddress: origin.ipAddress, actor });
      assertWithinLimits(await drawRateLimits(ctx.runtime.db, draws));
      const subject = row.limitBy === null ? undefined : Object(await getRawInput())[row.limitBy];
      if (typeof subject === "string") {
        const draw = subjectDraw(rateLimit, operation, subject.toLowerCase().slice(0, 120));
        assertWithinLimits(await drawRateLimits(ctx.runtime.db, [draw]));
      }
    }
    return next();
  });

export const admitting = (row: Admission) => anyProcedure.use(admit(row)).input((value: unknown) => value);

type Base = ReturnType<typeof admitting>;
type Run = (ctx: TrpcContext, input: unknown) => Promise<unknown>;
export const query = (base: Base, run: Run) => base.query(({ ctx, input }) => run(ctx, input));
export const mutation = (base: Base, run: Run) => base.mutation(({ ctx, input }) => run(ctx, input));

export const createRouter = t.router;
export const createCallerFactory = t.createCallerFactory;
