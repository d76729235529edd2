import { z } from "zod";
import { clearedSessionCookie } from "@/server/auth/session-cookie";
import type { ServiceCtx } from "@/server/kernel/context";
import { waitForNotification } from "@/server/kernel/notifications";
import { pageSchema } from "@/server/kernel/page-schema";
import { parseInput } from "@/server/kernel/parse-input";
import type {
  Door,
  Exchange,
  Published,
  PublishedRow,
  PublishedVerb,
  RestPlace,
  StreamedEvent,
} from "@/server/kernel/publish";
import { assertMay, type Caller, scopeAt } from "@/server/kernel/verbs";
import { assertMayAt, callVerb } from "@/server/runtime/call-verb";
import { aboutApi } from "./about-api";
import { MAX_BODY_BYTES } from "./admission/rule";
import { PUBLISHED } from "./all-published";
import { DEADLINE_MS } from "./deadline";
import type { Access, RouteCtx, RouteDefinition, RouteWords } from "./define-route";
import { published as live } from "./live/published";

/** The row with what it leaves to the rule. */
const words = (given: RouteWords, hasOutput: boolean): Required<RouteWords> => ({
  method: given.method,
  path: given.path,
  operationId: given.operationId,
  summary: given.summary,
  tag: given.tag,
  rateLimit: given.rateLimit ?? (given.method === "GET" ? "read" : "write"),
  status: given.status ?? (hasOutput ? 200 : 204),
  body: given.body ?? "json",
  maxBodyBytes: given.maxBodyBytes ?? MAX_BODY_BYTES,
  deadlineMs: given.deadlineMs ?? DEADLINE_MS,
});

/** Heading of what operators alone reach in a domain, apart from what everybody does. */
const forOperators = (heading: string): string => `${heading} (operators)`;

type Verb = PublishedVerb["verb"];
type Common = Omit<RouteDefinition, "method" | "path" | "aliasOf" | "operationId">;

/** What the documentation says of who may ask; the verb decides. */
function accessOf(verb: Verb, { audience }: Door): Access {
  const scope = scopeAt(verb, audience);
  if (scope === null) return verb.because === "own account" ? "signedIn" : "public";
  return scope.startsWith("platform:") ? "platform" : "organization";
}

const ofVerb = (verb: Verb, door: Door) => ({
  audience: door.audience,
  access: accessOf(verb, door),
  scope: scopeAt(verb, door.audience),
  asksOthers: verb.kind === "effect" || verb.kind === "flow",
  assertMay: (caller: Caller) => assertMayAt(verb, door.audience, caller),
});

/** A page's or a client's text as the name of a bucket. */
const limitedBy = (field: string | null): RouteDefinition["limitBy"] =>
  field === null
    ? null
    : (raw) => {
        const value = raw[field];
        return typeof value === "string" ? value.toLowerCase().slice(0, 120) : undefined;
      };

const exchangeOf = (ctx: RouteCtx): Exchange => ({
  signal: ctx.signal,
  lastEventId: ctx.lastEventId,
  waitForNotification: (hint) => waitForNotification(ctx.runtime.notifications, { ...hint, signal: ctx.signal }),
});

/** Shape of a whole list as one page. */
function pageOfAll(list: z.ZodType): z.ZodType {
  if (!(list instanceof z.ZodArray)) throw new Error("only a list can be answered as a page");
  return pageSchema(list.element as z.ZodType);
}

/** What the row does at this door, for a request that was let in. */
function behaviourOf(row: PublishedRow, door: Door): Pick<Common, "run" | "output" | "sends"> {
  switch (row.kind) {
    case "verb":
      return {
        sends: null,
        output: row.status === 204 ? null : row.asPage ? pageOfAll(row.verb.output) : row.verb.output,
        run: async (ctx, raw) => {
          const out = await callVerb(row.verb, door.audience, ctx, raw);
          if (row.endsSession && ctx.viaCookie) {
            ctx.responseHeaders.append("set-cookie", clearedSessionCookie(ctx.runtime.settings.publicUrl));
          }
          return row.asPage ? { items: out, nextCursor: null } : out;
        },
      };
    case "answer": {
      const run = row.run as (ctx: RouteCtx, input: unknown) => Promise<unknown>;
      return {
        sends: null,
        output: row.output,
        run: async (ctx, raw) => run(ctx, parseInput(row.input, raw)),
      };
    }
    case "feed": {
      const open = row.open as (ctx: RouteCtx, input: unknown) => AsyncIterable<StreamedEvent>;
      return {
        sends: { kind: "events" },
        output: null,
        run: async (ctx, raw) => open(ctx, parseInput(row.input, raw)),
      };
    }
    case "stream": {
      const open = row.open as (ctx: ServiceCtx, input: unknown, exchange: Exchange) => AsyncIterable<StreamedEvent>;
      return {
        sends: { kind: "events" },
        output: null,
        run: async (ctx, raw) => {
          await callVerb(row.verb, door.audience, ctx, raw);
          return open(ctx.service, parseInput(row.verb.input, raw), exchangeOf(ctx));
        },
      };
    }
    case "download": {
      const open = row.open as (ctx: ServiceCtx, input: unknown) => AsyncIterable<string>;
      return {
        sends: { kind: "file", ...row.file },
        output: null,
        run: async (ctx, raw) => {
          await callVerb(row.verb, door.audience, ctx, raw);
          return open(ctx.service, parseInput(row.verb.input, raw));
        },
      };
    }
  }
}

/** Who is let in: by the verb, or by what the transport itself answers. */
function admissionOf(
  row: PublishedRow,
  door: Door,
): Pick<Common, "audience" | "access" | "scope" | "asksOthers" | "assertMay"> {
  if (row.kind !== "answer" && row.kind !== "feed") return ofVerb(row.verb, door);
  const demands = { scope: null, because: row.because, tenancy: "platform", audience: ["platform"] } as const;
  return {
    audience: "platform",
    access: row.because === "own account" ? "signedIn" : "public",
    scope: null,
    asksOthers: false,
    assertMay: (caller) => assertMay(demands, caller),
  };
}

const partsOf = (place: RestPlace) => {
  const [method, path] = place.split(" ") as [RouteDefinition["method"], `/${string}`];
  return { method, path: `/api/v1${path}` as const };
};

function routesOfDoor(row: PublishedRow, door: Door, heading: string): RouteDefinition[] {
  const behaviour = behaviourOf(row, door);
  const admission = admissionOf(row, door);
  const [first] = door.rest;
  return door.rest.map((place) => {
    const { method, path } = partsOf(place);
    return {
      ...words(
        {
          method,
          path,
          operationId: door.operationId,
          summary: row.summary,
          tag: admission.access === "platform" ? forOperators(heading) : heading,
          ...(row.rateLimit === null ? {} : { rateLimit: row.rateLimit }),
          ...(row.status === null ? {} : { status: row.status }),
        },
        behaviour.output !== null || behaviour.sends !== null,
      ),
      ...admission,
      ...behaviour,
      input: door.input,
      aliasOf: first === undefined || first === place ? null : partsOf(first).path,
      limitBy: limitedBy(row.limitBy),
      refuses: row.refuses,
    };
  });
}

/** Every route of REST v1 that a list publishes. @internal */
export const routesOf = ({ heading, rows }: Published): RouteDefinition[] =>
  rows.flatMap((row) => row.doors.flatMap((door) => routesOfDoor(row, door, heading)));

/** Every route of REST v1; what is not here does not exist. OpenAPI and the authorization tests are made from it. */
export const ROUTES: readonly RouteDefinition[] = [...PUBLISHED, live, aboutApi(() => ROUTES)].flatMap(routesOf);
