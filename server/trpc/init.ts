import "server-only";
import { initTRPC, TRPCError } from "@trpc/server";
import type { z } from "zod";
import type { ServiceCtx } from "@/server/kernel/context";
import { ERROR_TABLE, type ErrorKind } from "@/server/kernel/error-table";
import {
  type AppError,
  type ErrorDetails,
  type FieldErrors,
  forbidden,
  isAppError,
  toAppError,
  unauthenticated,
} from "@/server/kernel/errors";
import { drawRateLimits } from "@/server/kernel/rate-limit";
import type { Caller } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
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

const requireCredential = t.middleware(({ ctx, next }) => {
  if (ctx.auth.refusal) throw ctx.auth.refusal;
  if (ctx.principal === null) throw unauthenticated("auth.session_missing", "Sign in to do this.");
  return next();
});

const requireOrganization = t.middleware(({ ctx, next }) => {
  if (ctx.service.organizationId === null) {
    throw forbidden("auth.organization_missing", "No organisation is chosen. Choose one, then try again.");
  }
  return next();
});

/** Draws from the buckets of a stricter class than the call's own: the very ones that the REST route of the same thing draws from. */
const limitTo = (rateLimit: RateLimitClass) =>
  t.middleware(async ({ ctx, path, next }) => {
    const { ipAddress } = ctx.service.origin;
    const draws = drawsOf({ rateLimit, operation: path, ipAddress, actor: ctx.service.actor });
    assertWithinLimits(await drawRateLimits(ctx.runtime.db, draws));
    return next();
  });

const requireOperator = t.middleware(({ ctx, next }) => {
  const { actor } = ctx.service;
  if (actor.kind !== "user" || actor.platformRole === "user") {
    throw forbidden("auth.scope_missing", "This is for operators of the platform.", {
      details: { scope: "platform:read" },
    });
  }
  return next();
});

/** Anybody. */
export const publicProcedure = t.procedure.use(mapErrors).use(giveUpWhenLate);
/** Any valid session or token. */
export const signedInProcedure = publicProcedure.use(requireCredential);
/** The same, as seldom as a sign-in may be tried. */
export const walletProofProcedure = signedInProcedure.use(limitTo("auth"));
/** Somebody who works in an organisation; the verb asks for its scope besides. */
export const organizationProcedure = signedInProcedure.use(requireOrganization);
/** The same, as seldom as the faucet may be asked. */
export const faucetProcedure = organizationProcedure.use(limitTo("faucet"));
/** Operators and admins of the platform; the verb asks for its scope besides. */
export const adminProcedure = signedInProcedure.use(requireOperator);

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

export const admitting = (row: Admission) => publicProcedure.use(admit(row)).input((value: unknown) => value);

type Base = ReturnType<typeof admitting>;
type Run = (ctx: TrpcContext, input: unknown) => Promise<unknown>;
export const query = (base: Base, run: Run) => base.query(({ ctx, input }) => run(ctx, input));
export const mutation = (base: Base, run: Run) => base.mutation(({ ctx, input }) => run(ctx, input));

export const createRouter = t.router;
export const mergeRouters = t.mergeRouters;
export const createCallerFactory = t.createCallerFactory;

type Verb<Schema extends z.ZodType, Out> = ((ctx: ServiceCtx<Ports>, input: z.input<Schema>) => Promise<Out>) & {
  readonly input: Schema;
};

/** Gives the client the verb's input type and leaves the parsing to the verb, so that nothing is parsed twice. */
const inputOf =
  <Schema extends z.ZodType>(_verb: { readonly input: Schema }) =>
  (value: unknown): z.input<Schema> =>
    value as z.input<Schema>;

type Procedure = typeof publicProcedure;

/** A procedure that is one query verb. */
export const queryOf = <Schema extends z.ZodType, Out>(procedure: Procedure, verb: Verb<Schema, Out>) =>
  procedure.input(inputOf(verb)).query(({ ctx, input }) => verb(ctx.service, input as z.input<Schema>));

/** A procedure that is one command, effect or flow. */
export const mutationOf = <Schema extends z.ZodType, Out>(procedure: Procedure, verb: Verb<Schema, Out>) =>
  procedure.input(inputOf(verb)).mutation(({ ctx, input }) => verb(ctx.service, input as z.input<Schema>));
