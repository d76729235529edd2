import type { z } from "zod";
import type { Principal } from "@/server/domains/identity";
import type { ServiceCtx } from "@/server/kernel/context";
import type { FileFacts } from "@/server/kernel/publish";
import type { Scope } from "@/server/kernel/scopes";
import type { Caller, Tenancy } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import type { Runtime } from "@/server/runtime/runtime";
import type { RateLimitClass } from "./rate-limit-classes";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Who may ask: anybody; any valid credential; a credential that works in an organisation; an operator of the platform. `public` is never a
 * default: it has to be written.
 */
export type Access = "public" | "signedIn" | "organization" | "platform";

/** What a route's body gets. */
export type RouteCtx = {
  readonly service: ServiceCtx<Ports>;
  readonly runtime: Runtime;
  readonly principal: Principal | null;
  /** Whether the credential came as a cookie. */
  readonly viaCookie: boolean;
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal;
  /** Of a stream that the client takes up again. */
  readonly lastEventId: string | null;
  /** The request's headers, e.g. a vendor's signature. */
  readonly headers: Headers;
  /** The body as it came, for what is signed; empty where there is none. */
  readonly bytes: Uint8Array;
  /** Headers to add to the answer. */
  readonly responseHeaders: Headers;
};

/** An answer that is written bit by bit: events while they happen, or a file of any length. */
export type LongAnswer = { readonly kind: "events" } | ({ readonly kind: "file" } & FileFacts);

/** What a row says of its route. */
export type RouteWords = {
  readonly method: HttpMethod;
  /** OpenAPI template, e.g. `/api/v1/validators/setup-requests/{setupRequestId}`. */
  readonly path: `/api/v1/${string}`;
  /** camelCase and unique; the client's method name. */
  readonly operationId: string;
  readonly summary: string;
  /** Heading in the documentation, e.g. `Validators`. */
  readonly tag: string;
  /** Defaults to `read` for GET and `write` for the rest. */
  readonly rateLimit?: RateLimitClass;
  /** Success status; 200 when not said, 204 when `output` is null. */
  readonly status?: number;
  /** How the body is read: `bytes` for what is signed and so not ours to read again; `json` when not said. */
  readonly body?: "json" | "bytes";
  /** Largest body; a megabyte when not said. */
  readonly maxBodyBytes?: number;
  /** How long a caller waits at most, the reading of the body included. */
  readonly deadlineMs?: number;
};

/** One row of the route table, its types erased. */
export type RouteDefinition = Required<RouteWords> & {
  /** For whom it acts: one organisation, or the platform. */
  readonly audience: Tenancy;
  /** What the documentation says of who may ask. */
  readonly access: Access;
  readonly scope: Scope | null;
  /** Whether it asks others, e.g. a chain or a host, which may refuse or keep silent. */
  readonly asksOthers: boolean;
  /** Statuses of refusals that few routes have. */
  readonly refuses: readonly number[];
  /** Refuses who may not ask, before anything of the input is read; the verb decides. */
  readonly assertMay: (caller: Caller) => void;
  /** The documented path of the same thing, where this is an older one that goes on answering. */
  readonly aliasOf: string | null;
  readonly input: z.ZodObject;
  /** Null: no body. */
  readonly output: z.ZodType | null;
  /** What is sent for as long as it takes; null where the answer is one document. */
  readonly sends: LongAnswer | null;
  /** The thing whose own bucket is drawn from too, e.g. a wallet address. */
  readonly limitBy: ((raw: Readonly<Record<string, unknown>>) => string | undefined) | null;
  readonly run: (ctx: RouteCtx, raw: Readonly<Record<string, unknown>>) => Promise<unknown>;
};
