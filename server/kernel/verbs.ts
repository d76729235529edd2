import "server-only";
import type { z } from "zod";
import type { Database, Transaction } from "@/db/client";
import { appendAudit } from "./audit";
import {
  type AuditEntry,
  actorName,
  type CommandCtx,
  type CommandFrame,
  type EffectCtx,
  hasScope,
  type QueryCtx,
  type ServiceCtx,
} from "./context";
import { ERROR_TABLE } from "./error-table";
import { forbidden, toAppError, unauthenticated } from "./errors";
import type { DomainEvent } from "./events";
import { claimInTransaction, type KeyRow, keepInTransaction, onceByKey, partOf } from "./idempotency";
import { insertOutboxEvent } from "./outbox";
import { parseInput } from "./parse-input";
import type { Scope } from "./scopes";
import { withSerializationRetry } from "./serialization-retry";

/** Whose rows a verb touches: one organisation's, or the platform's own (any organisation's, by operators and jobs). */
export type Tenancy = "organization" | "platform";
type BothAudiences = readonly ["organization", "platform"];
type OrganizationIdOf<T extends Tenancy, A> = A extends BothAudiences
  ? string | null
  : T extends "organization"
    ? string
    : string | null;

/** Why a verb asks for no scope: it comes before anybody is known, is about the caller's own account, shows what all may see, or notes a refusal. */
export type WithoutScope = "sign-in" | "own account" | "public" | "record of a refusal";
type Grant =
  | {
      readonly scope: Scope;
      /** Why a scope of one organisation opens rows that are the platform's. */
      readonly because?: string;
    }
  | { readonly scope: null; readonly because: WithoutScope };

type Common<T extends Tenancy, A, Schema extends z.ZodType, Answer> = Grant & {
  /** `domain.verb-name`, the name in logs, traces and job keys. */
  readonly verb: string;
  readonly tenancy: T;
  /** Both: one organisation's rows for its members; every organisation's (`organizationId` null) for operators, who need a platform scope. */
  readonly audience?: A;
  readonly input: Schema;
  /** Shape of the answer; whoever publishes the verb needs it. */
  readonly output?: Answer;
};

type AnyCtx = ServiceCtx | CommandCtx<string | null>;
const isCommandCtx = (ctx: AnyCtx): ctx is CommandCtx<string | null> => "tx" in ctx;

/** Facts of a verb that tests and transports read. */
export type VerbFacts<
  Schema extends z.ZodType = z.ZodType,
  Answer extends z.ZodType | null = z.ZodType | null,
  Kind extends "command" | "query" | "effect" | "flow" = "command" | "query" | "effect" | "flow",
> = {
  readonly kind: Kind;
  readonly verb: string;
  readonly scope: Scope | null;
  readonly because: string | null;
  readonly tenancy: Tenancy;
  readonly audience: readonly Tenancy[];
  readonly telemetry: boolean;
  readonly input: Schema;
  readonly output: Answer;
};

const registry: VerbFacts[] = [];

/** Every verb that the loaded modules define; the meta tests read it. @internal */
export const listVerbs = (): readonly VerbFacts[] => registry;

function factsOf<
  Kind extends VerbFacts["kind"],
  T extends Tenancy,
  A,
  Schema extends z.ZodType,
  Answer extends z.ZodType | null,
>(
  kind: Kind,
  definition: Common<T, A, Schema, Answer> & { readonly telemetry?: boolean },
): VerbFacts<Schema, Answer, Kind> {
  const facts: VerbFacts<Schema, Answer, Kind> = {
    kind,
    verb: definition.verb,
    scope: definition.scope,
    because: definition.because ?? null,
    tenancy: definition.tenancy,
    audience: (definition.audience as BothAudiences | undefined) ?? [definition.tenancy],
    telemetry: definition.telemetry ?? false,
    input: definition.input,
    output: definition.output ?? (null as Answer),
  };
  registry.push(facts);
  return facts;
}

/** Who asks, and for which organisation; null for none, and for the platform. */
export type Caller = Pick<ServiceCtx, "actor" | "organizationId">;
type Demands = Pick<VerbFacts, "scope" | "because" | "tenancy" | "audience">;

/** Scope that the verb demands of this door: an operator's counterpart of it where it acts for the whole platform. */
export function scopeAt(facts: Demands, audience: Tenancy): Scope | null {
  if (facts.scope === null || audience === "organization" || facts.audience.length === 1) return facts.scope;
  return facts.scope.endsWith(":read") ? "platform:read" : "platform:write";
}

/**
 * The one place that decides whether the caller may call the verb; the verb asks it itself, and a transport asks it before it reads any input.
 * @throws unauthenticated auth.session_missing, forbidden auth.scope_missing, forbidden auth.organization_missing
 */
export function assertMay(facts: Demands, caller: Caller, audience: Tenancy = doorOf(facts, caller)): void {
  const { actor } = caller;
  const isForAnybody = facts.scope === null && facts.because !== "own account";
  if (actor.kind === "anonymous" && !isForAnybody) {
    throw unauthenticated("auth.session_missing", "Sign in, or send an API token as bearer, to do this.");
  }
  const scope = scopeAt(facts, audience);
  if (scope !== null && !hasScope(actor, scope)) {
    throw forbidden("auth.scope_missing", `This needs the scope ${scope}, which your role or token does not have.`, {
      details: { scope },
    });
  }
  if (facts.tenancy === "organization" && audience === "organization" && caller.organizationId === null) {
    throw forbidden("auth.organization_missing", "No organisation is chosen. Choose one, then try again.");
  }
}

const doorOf = (facts: Demands, { organizationId }: Caller): Tenancy =>
  facts.audience.length > 1 ? (organizationId === null ? "platform" : "organization") : facts.tenancy;

async function logged<Out>(
  facts: { readonly kind: string; readonly verb: string },
  ctx: AnyCtx,
  body: () => Promise<Out>,
): Promise<Out> {
  const startedAt = performance.now();
  const fields = {
    verb: facts.verb,
    organizationId: ctx.organizationId,
    actor: actorName(ctx.actor),
    requestId: ctx.origin.requestId,
  };
  try {
    const out = await body();
    ctx.logger.debug({ ...fields, durationMs: Math.round(performance.now() - startedAt) }, `${facts.kind}.completed`);
    return out;
  } catch (thrown) {
    const error = toAppError(thrown);
    const level = ERROR_TABLE[error.kind].log;
    const durationMs = Math.round(performance.now() - startedAt);
    ctx.logger[level](
      { ...fields, durationMs, kind: error.kind, code: error.code, err: level === "error" ? thrown : undefined },
      `${facts.kind}.failed`,
    );
    throw error;
  }
}

/** Whose key it is: the organisation's, or the caller's own where there is none. */
const ownerOf = (ctx: ServiceCtx): string => ctx.organizationId ?? actorName(ctx.actor);

/** The row under which a command's result is kept: of the caller's key, or of its place in a flow that has one. */
function keyRowOf(ctx: ServiceCtx, verb: string): KeyRow | undefined {
  if (ctx.keyedFlow) return partOf(ctx.keyedFlow, verb);
  return ctx.idempotency && { owner: ownerOf(ctx), verb, ...ctx.idempotency };
}

type Audited = {
  /** Machine measurements written in batches, without an audit row each. */
  readonly telemetry?: boolean;
};

/** The transaction of commands and changes: audit, events and idempotency are in it, and a nested one is a savepoint of it. */
function inTransaction<Input, Out>(
  { verb, telemetry = false }: Audited & { readonly verb: string },
  run: (ctx: CommandCtx<string | null>, input: Input) => Promise<Out>,
): (ctx: AnyCtx, input: Input) => Promise<Out> {
  const body = async (
    ctx: Omit<CommandCtx<string | null>, "parent">,
    frame: CommandFrame,
    input: Input,
  ): Promise<Out> => {
    const before = frame.entries.length;
    const out = await run({ ...ctx, parent: frame }, input);
    if (frame.entries.length === before && !telemetry) throw new Error(`${verb} changed rows without an audit entry`);
    if (frame.entries.length > before && telemetry)
      throw new Error(`${verb} is telemetry and may do nothing that is owed an audit entry`);
    return out;
  };

  const bind = (tx: Transaction, frame: CommandFrame, ctx: AnyCtx, now: Date) => ({
    tx,
    organizationId: ctx.organizationId,
    actor: ctx.actor,
    origin: ctx.origin,
    logger: ctx.logger,
    now,
    emit: async <EventSchema extends z.ZodObject>(event: DomainEvent<EventSchema>, data: z.input<EventSchema>) => {
      const parsed = event.schema.parse(data);
      await insertOutboxEvent(tx, { name: event.name, data: parsed }, now);
    },
    audit: (entry: AuditEntry) => {
      frame.entries.push(entry);
    },
  });

  const joined = async (ctx: CommandCtx<string | null>, input: Input): Promise<Out> => {
    // A failed inner command takes its own audit entries and events back with its savepoint.
    const frame: CommandFrame = { entries: [] };
    const out = await ctx.tx.transaction((tx) => body(bind(tx, frame, ctx, ctx.now), frame, input));
    ctx.parent.entries.push(...frame.entries);
    return out;
  };

  const opened = async (ctx: ServiceCtx, input: Input): Promise<Out> => {
    const keyRow = keyRowOf(ctx, verb);
    const out = await withSerializationRetry(() =>
      ctx.db.transaction(async (tx) => {
        const now = ctx.now();
        const kept = keyRow && (await claimInTransaction(tx, keyRow));
        if (kept) return kept.answer as Out;
        const frame: CommandFrame = { entries: [] };
        const result = await body(bind(tx, frame, ctx, now), frame, input);
        if (keyRow) await keepInTransaction(tx, keyRow, result);
        await appendAudit(tx, frame.entries, {
          actor: ctx.actor,
          organizationId: ctx.organizationId,
          origin: ctx.origin,
          now,
        });
        return result;
      }),
    );
    if (ctx.keyedFlow) ctx.keyedFlow.progress.hasPart = true;
    return out;
  };

  return (ctx, input) => (isCommandCtx(ctx) ? joined(ctx, input) : opened(ctx, input));
}

/**
 * A command: changes our rows in one transaction and can reach nothing outside. Called with a service context it opens the transaction;
 * called with another command's context it joins as a savepoint. Refuses to commit when nothing was audited, unless declared telemetry.
 * Results must be JSON-safe: they are what a repeated Idempotency-Key gets back, when the command is outermost or a part of a flow.
 */
export function defineCommand<
  T extends Tenancy,
  Schema extends z.ZodType,
  Out,
  A extends BothAudiences | undefined = undefined,
  Answer extends z.ZodType | null = null,
>(
  definition: Common<T, A, Schema, Answer> &
    Audited & {
      readonly run: (ctx: CommandCtx<OrganizationIdOf<T, A>>, input: z.output<Schema>) => Promise<Out>;
    },
) {
  const facts = factsOf("command", definition);
  const change = inTransaction(definition, (ctx, input: z.output<Schema>) =>
    definition.run(ctx as CommandCtx<OrganizationIdOf<T, A>>, input),
  );
  const call = (ctx: AnyCtx, input: z.input<Schema>): Promise<Out> =>
    logged(facts, ctx, async () => {
      assertMay(facts, ctx);
      return change(ctx, parseInput(definition.input, input));
    });
  return Object.assign(call, facts);
}

/**
 * A command that its own domain alone calls, as a part of a verb or of durable work: whoever calls it was asked for a scope and checked the
 * input, so it has neither. Transaction, audit, events and idempotency are a command's. `name` is `domain.verb-name`.
 */
export function defineChange<Input, Out, OrganizationId extends string | null = string | null>(
  name: string,
  run: (ctx: CommandCtx<OrganizationId>, input: Input) => Promise<Out>,
  options: Audited = {},
) {
  const change = inTransaction({ verb: name, ...options }, (ctx, input: Input) =>
    run(ctx as CommandCtx<OrganizationId>, input),
  );
  return (
    ctx: (ServiceCtx | CommandCtx<string | null>) & { readonly organizationId: OrganizationId },
    input: Input,
  ): Promise<Out> => logged({ kind: "change", verb: name }, ctx, () => change(ctx, input));
}

/** A query: reads our rows. May be called from a command, then it sees that command's transaction. */
export function defineQuery<
  T extends Tenancy,
  Schema extends z.ZodType,
  Out,
  A extends BothAudiences | undefined = undefined,
  Answer extends z.ZodType | null = null,
>(
  definition: Common<T, A, Schema, Answer> & {
    readonly run: (ctx: QueryCtx<OrganizationIdOf<T, A>>, input: z.output<Schema>) => Promise<Out>;
  },
) {
  const facts = factsOf("query", definition);
  const call = (ctx: AnyCtx, input: z.input<Schema>): Promise<Out> =>
    logged(facts, ctx, async () => {
      assertMay(facts, ctx);
      const parsed = parseInput(definition.input, input);
      const db: Database | Transaction = isCommandCtx(ctx) ? ctx.tx : ctx.db;
      const now = isCommandCtx(ctx) ? ctx.now : ctx.now();
      return definition.run(
        { db, organizationId: ctx.organizationId as OrganizationIdOf<T, A>, actor: ctx.actor, logger: ctx.logger, now },
        parsed,
      );
    });
  return Object.assign(call, facts);
}

/** An effect: talks to the outside through ports and has no database handle; must be idempotent, since jobs repeat it. */
export function defineEffect<Ports>() {
  return <
    T extends Tenancy,
    Schema extends z.ZodType,
    Out,
    A extends BothAudiences | undefined = undefined,
    Answer extends z.ZodType | null = null,
  >(
    definition: Common<T, A, Schema, Answer> & {
      readonly run: (ctx: EffectCtx<Ports>, input: z.output<Schema>) => Promise<Out>;
    },
  ) => {
    const facts = factsOf("effect", definition);
    const call = (ctx: ServiceCtx<Ports>, input: z.input<Schema>): Promise<Out> =>
      logged(facts, ctx, async () => {
        assertMay(facts, ctx);
        const parsed = parseInput(definition.input, input);
        return definition.run(
          { ports: ctx.ports, organizationId: ctx.organizationId, actor: ctx.actor, logger: ctx.logger, now: ctx.now },
          parsed,
        );
      });
    return Object.assign(call, facts);
  };
}

/**
 * A flow: a short read or ask outside followed by a command, within one request (an effect cannot write, a command cannot ask). It holds no
 * transaction itself; whatever must survive a crash between its parts is a durable function instead. Under an Idempotency-Key its whole answer,
 * which must be JSON-safe, is given again, and its commands are parts of it: each is done once, however often the request is repeated.
 */
export function defineFlow<Ports>() {
  return <
    T extends Tenancy,
    Schema extends z.ZodType,
    Out,
    A extends BothAudiences | undefined = undefined,
    Answer extends z.ZodType | null = null,
  >(
    definition: Common<T, A, Schema, Answer> & {
      /** What a repeated key gets instead of the answer: without what is shown once. */
      readonly kept?: (out: NoInfer<Out>) => NoInfer<Out>;
      readonly run: (
        ctx: ServiceCtx<Ports> & { readonly organizationId: OrganizationIdOf<T, A> },
        input: z.output<Schema>,
      ) => Promise<Out>;
    },
  ) => {
    const facts = factsOf("flow", definition);
    const call = (ctx: ServiceCtx<Ports>, input: z.input<Schema>): Promise<Out> =>
      logged(facts, ctx, async () => {
        assertMay(facts, ctx);
        const parsed = parseInput(definition.input, input);
        const run = (inner: ServiceCtx<Ports>) =>
          definition.run(inner as ServiceCtx<Ports> & { organizationId: OrganizationIdOf<T, A> }, parsed);
        if (!ctx.idempotency || ctx.keyedFlow) return run(ctx);
        const row: KeyRow = { owner: ownerOf(ctx), verb: facts.verb, ...ctx.idempotency };
        return onceByKey(ctx.db, row, definition.kept ?? ((out) => out), (keyedFlow) => run({ ...ctx, keyedFlow }));
      });
    return Object.assign(call, facts);
  };
}
