import type { z } from "zod";
import type { ServiceCtx } from "./context";
import type { Tenancy, VerbFacts, WithoutScope } from "./verbs";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
/** Method and path under `/api/v1`, e.g. `POST /validators/{setupRequestId}/stop`. */
export type RestPlace = `${Method} /${string}`;
export type RateClass = "auth" | "read" | "write" | "stream" | "download" | "faucet" | "agent";

/** A verb that may be published: its input is an object of named fields, its answer has a declared shape. */
type PublishableVerb = VerbFacts<z.ZodObject, z.ZodType> & ((ctx: never, input: never) => Promise<unknown>);

type DoorOptions = {
  /** The first is the one that is documented; the others are older paths that go on answering. */
  readonly rest?: RestPlace | readonly [RestPlace, ...RestPlace[]];
  /** Name below the domain's: the verb's own, e.g. `stopNode`, or `admin.stopNode`; one act has one name from page to row. */
  readonly trpc?: string;
  /** The part of the verb's input that REST takes here; all of it when not said. */
  readonly input?: z.ZodObject;
  /** Name of the method in a generated client; the verb's own name when not said. */
  readonly operationId?: string;
};

type Words = {
  /** One line, without a full stop. */
  readonly summary: string;
  /** REST's answer to success; 200 when not said. 204 answers without a body. */
  readonly status?: number;
  /** `read` for queries and `write` for the rest when not said. */
  readonly rateLimit?: RateClass;
  /** Field of the input whose value has a bucket of its own besides, e.g. a wallet's address. */
  readonly limitBy?: string;
  /** Statuses of refusals that few operations have, e.g. 402 of one that asks for coins. */
  readonly refuses?: readonly number[];
};

/** How a read is followed by pages that stay open (`GET /live`): asked again when it is told to have changed, and now and then besides. */
export type Following = {
  /** Channel of the database that tells of changes; every payload is about every input where `isAbout` does not say. */
  readonly hears?: {
    readonly channel: string;
    /** `organizationId` is null for operators, who see every organisation's rows. */
    readonly isAbout?: (
      payload: string,
      input: Readonly<Record<string, unknown>>,
      organizationId: string | null,
    ) => boolean;
  };
  /** Asked again this often without being told, since a hint may be lost. */
  readonly lookMs: number;
  /** Changes of so long are told as one. */
  readonly gatherMs?: number;
};

type PublishOptions = Words &
  DoorOptions & {
    /** Lets pages follow the read instead of asking for it again and again. */
    readonly follow?: Following;
    /** Where operators reach every organisation's rows through a verb of both audiences. */
    readonly operators?: DoorOptions;
    /** Says of a flow or an effect without a GET path that it only reads, so that it is a query for pages. */
    readonly reads?: true;
    /** REST answers the list, which is whole, as its one page. */
    readonly asPage?: true;
    /** The session ends with the answer, so a browser's cookie is taken away too. */
    readonly endsSession?: true;
  };

/** One way to a row: where it is found, and for whom it acts. */
export type Door = {
  readonly audience: Tenancy;
  readonly rest: readonly RestPlace[];
  readonly trpc: string | null;
  readonly input: z.ZodObject;
  readonly operationId: string;
};

type Common = {
  readonly doors: readonly Door[];
  readonly summary: string;
  readonly status: number | null;
  readonly rateLimit: RateClass | null;
  readonly limitBy: string | null;
  readonly refuses: readonly number[];
};

export type PublishedVerb<
  V extends PublishableVerb = PublishableVerb,
  Name extends string = string,
  Type extends "query" | "mutation" = "query" | "mutation",
> = Common & {
  readonly kind: "verb";
  readonly verb: V;
  /** Names for pages; of both doors where there are two. */
  readonly names: readonly Name[];
  readonly type: Type;
  readonly follow: Following | null;
  readonly asPage: boolean;
  readonly endsSession: boolean;
};

type DoorNames<O> = O extends { readonly trpc: infer Name extends string } ? Name : never;
type NamesOf<O extends PublishOptions> = DoorNames<O> | DoorNames<O["operators"]>;
type FirstPlace<R> = R extends readonly [infer First, ...unknown[]] ? First : R;
type TypeByPlace<Place> = Place extends `GET ${string}` ? "query" : "mutation";
type TypeOf<V extends PublishableVerb, O extends PublishOptions> = O extends { readonly reads: true }
  ? "query"
  : O extends { readonly rest: infer R }
    ? TypeByPlace<FirstPlace<R>>
    : O extends { readonly operators: { readonly rest: infer R } }
      ? TypeByPlace<FirstPlace<R>>
      : V["kind"] extends "query"
        ? "query"
        : "mutation";

/** `validators.list-setup-requests` as `listSetupRequests`. */
export const methodName = (verb: string): string =>
  verb.replace(/^[^.]+\./, "").replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const asOperators = (name: string): string => `admin${name.charAt(0).toUpperCase()}${name.slice(1)}`;

function doorOf(options: DoorOptions, facts: { audience: Tenancy; input: z.ZodObject; operationId: string }): Door {
  const { rest = [] } = options;
  return {
    audience: facts.audience,
    rest: typeof rest === "string" ? [rest] : rest,
    trpc: options.trpc ?? null,
    input: options.input ?? facts.input,
    operationId: options.operationId ?? facts.operationId,
  };
}

const commonOf = (words: Words, doors: readonly Door[]): Common => ({
  doors,
  summary: words.summary,
  status: words.status ?? null,
  rateLimit: words.rateLimit ?? null,
  limitBy: words.limitBy ?? null,
  refuses: words.refuses ?? [],
});

/** Publishes a verb once: its REST paths, its procedure, its documentation and its authorization tests all come from this row. */
export function publish<const V extends PublishableVerb, const O extends PublishOptions>(
  verb: V,
  options: O,
): PublishedVerb<V, NamesOf<O>, TypeOf<V, O>> {
  const name = methodName(verb.verb);
  const operationId = options.operationId ?? name;
  const { operators } = options;
  for (const { trpc } of [options, operators ?? {}]) {
    if (trpc !== undefined && trpc !== name && trpc !== `admin.${name}`)
      throw new Error(`${verb.verb} is ${name} wherever it is called, and not ${trpc}`);
  }
  if (operators && verb.audience.length < 2) throw new Error(`${verb.verb} has one audience, so it has one door`);
  const main = doorOf(options, { audience: verb.tenancy, input: verb.input, operationId });
  const doors = operators
    ? [main, doorOf(operators, { audience: "platform", input: verb.input, operationId: asOperators(operationId) })]
    : [main];
  const [place] = doors.flatMap((door) => door.rest);
  if (options.follow && verb.kind === "command")
    throw new Error(`${verb.verb} changes rows; only what reads can be followed`);
  const isQuery = options.reads ?? (place === undefined ? verb.kind === "query" : place.startsWith("GET "));
  return {
    kind: "verb",
    ...commonOf(options, doors),
    verb,
    names: doors.flatMap((door) => door.trpc ?? []) as NamesOf<O>[],
    type: (isQuery ? "query" : "mutation") as TypeOf<V, O>,
    follow: options.follow ?? null,
    asPage: options.asPage ?? false,
    endsSession: options.endsSession ?? false,
  };
}

/** What a row that is not one answer gets of the request besides the verb's context. */
export type Exchange = {
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** Of a stream that the client takes up again. */
  readonly lastEventId: string | null;
  /** Resolves when the database says that something changed, or when the time is over; a hint, never a proof. */
  readonly waitForNotification: (hint: {
    readonly channel: string;
    readonly payload: string;
    readonly timeoutMs: number;
  }) => Promise<void>;
};

/** One server-sent event; `id` is where a client takes the stream up again. Without a name it is what the stream is for. */
export type StreamedEvent = { readonly id?: string; readonly event?: string; readonly data: unknown };

type Fed<V> = V extends (ctx: infer Ctx, input: never) => Promise<unknown> ? Ctx : never;

export type PublishedStream = Common & {
  readonly kind: "stream";
  readonly verb: PublishableVerb;
  readonly open: (ctx: never, input: never, exchange: Exchange) => AsyncIterable<StreamedEvent>;
};

/**
 * Publishes what happens after a verb's answer as server-sent events. The verb is asked first: who may not ask it gets an ordinary problem, and
 * so does who asks for what is not theirs.
 */
export function stream<const V extends PublishableVerb>(
  verb: V,
  options: Omit<Words, "status"> & {
    readonly rest: `GET /${string}`;
    readonly operationId: string;
    readonly open: (
      ctx: Fed<V> & ServiceCtx,
      input: z.output<V["input"]>,
      exchange: Exchange,
    ) => AsyncIterable<StreamedEvent>;
  },
): PublishedStream {
  const door = doorOf(options, { audience: verb.tenancy, input: verb.input, operationId: options.operationId });
  return { kind: "stream", ...commonOf({ rateLimit: "stream", ...options }, [door]), verb, open: options.open };
}

/** What a file is to those who get it. */
export type FileFacts = {
  /** Without its character set, which is UTF-8, e.g. `text/csv`. */
  readonly contentType: string;
  /** Name to keep it under, by the time at which it was asked for. */
  readonly fileName: (at: Date) => string;
  /** Its beginning, for the documentation. */
  readonly example: string;
};

export type PublishedDownload = Common & {
  readonly kind: "download";
  readonly verb: PublishableVerb;
  readonly file: FileFacts;
  readonly open: (ctx: never, input: never) => AsyncIterable<string>;
};

/**
 * Publishes a text of any length as a file, written as fast as the client takes it. The verb is asked first: who may not ask it gets an ordinary
 * problem, and so does who asks for what is not theirs.
 */
export function download<const V extends PublishableVerb>(
  verb: V,
  options: Omit<Words, "status"> &
    FileFacts & {
      readonly rest: `GET /${string}`;
      readonly operationId: string;
      /** The part of the verb's input that is asked for here; all of it when not said. */
      readonly input?: z.ZodObject;
      readonly open: (ctx: Fed<V> & ServiceCtx, input: z.output<V["input"]>) => AsyncIterable<string>;
    },
): PublishedDownload {
  const { contentType, fileName, example, open } = options;
  const door = doorOf(options, { audience: verb.tenancy, input: verb.input, operationId: options.operationId });
  return {
    kind: "download",
    ...commonOf({ rateLimit: "download", ...options }, [door]),
    verb,
    file: { contentType, fileName, example },
    open,
  };
}

export type PublishedAnswer<
  Input extends z.ZodObject = z.ZodObject,
  Out = unknown,
  Name extends string = string,
  Type extends "query" | "mutation" = "query" | "mutation",
> = Common & {
  readonly kind: "answer";
  readonly names: readonly Name[];
  readonly type: Type;
  readonly because: WithoutScope;
  readonly input: Input;
  readonly output: z.ZodType;
  readonly run: (ctx: never, input: never) => Promise<Out>;
};

/** Publishes what a transport itself knows and no verb does, e.g. who is asking. `Ctx` is the transport's. */
export const answerOf =
  <Ctx>() =>
  <
    const Input extends z.ZodObject,
    Out,
    const Name extends string = never,
    const Type extends "query" | "mutation" = "query",
  >(
    options: Words & {
      readonly rest?: RestPlace;
      readonly trpc?: Name;
      /** What it is for pages; a query when not said. */
      readonly type?: Type;
      readonly operationId: string;
      readonly because: WithoutScope;
      readonly input: Input;
      readonly output: z.ZodType;
      readonly run: (ctx: Ctx, input: z.output<Input>) => Promise<Out>;
    },
  ): PublishedAnswer<Input, Out, Name, Type> => {
    const { rest, trpc, operationId, input } = options;
    const door = doorOf(
      { ...(rest === undefined ? {} : { rest }), ...(trpc === undefined ? {} : { trpc }) },
      { audience: "platform", input, operationId },
    );
    return {
      kind: "answer",
      ...commonOf(options, [door]),
      names: trpc === undefined ? [] : [trpc],
      type: options.type ?? ("query" as Type),
      because: options.because,
      input,
      output: options.output,
      run: options.run,
    };
  };

export type PublishedFeed = Common & {
  readonly kind: "feed";
  readonly because: WithoutScope;
  readonly input: z.ZodObject;
  readonly open: (ctx: never, input: never) => AsyncIterable<StreamedEvent>;
};

/** Publishes server-sent events that a transport itself makes of what verbs answer. What `open` throws at once is an ordinary problem. */
export const feedOf =
  <Ctx>() =>
  <const Input extends z.ZodObject>(
    options: Omit<Words, "status"> & {
      readonly rest: `GET /${string}`;
      readonly operationId: string;
      readonly because: WithoutScope;
      readonly input: Input;
      readonly open: (ctx: Ctx, input: z.output<Input>) => AsyncIterable<StreamedEvent>;
    },
  ): PublishedFeed => {
    const { rest, operationId, input, because, open } = options;
    const door = doorOf({ rest }, { audience: "platform", input, operationId });
    return { kind: "feed", ...commonOf({ rateLimit: "stream", ...options }, [door]), because, input, open };
  };

export type PublishedRow = PublishedVerb | PublishedStream | PublishedDownload | PublishedAnswer | PublishedFeed;

/** All that a domain publishes, under its name in tRPC and its heading in the documentation. */
export type Published<
  Domain extends string = string,
  Rows extends readonly PublishedRow[] = readonly PublishedRow[],
> = {
  readonly domain: Domain;
  readonly heading: string;
  readonly rows: Rows;
};

export const publishAll = <const Domain extends string, const Rows extends readonly PublishedRow[]>(
  domain: Domain,
  heading: string,
  rows: Rows,
): Published<Domain, Rows> => ({ domain, heading, rows });
