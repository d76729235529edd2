import type { z } from "zod";
import { ERROR_KINDS, ERROR_TABLE } from "@/server/kernel/error-table";
import type { LongAnswer, RouteDefinition } from "../define-route";
import { pathParameters } from "../match-route";
import { TRANSPORT_REFUSALS } from "../problem";
import { RATE_LIMIT_CLASSES } from "../rate-limit-classes";
import { ComponentSchemas, inlined, type Json } from "./component-schemas";
import { exampleOf, told, withUnits } from "./field-words";

/** One operation of the document, as far as our own pages read it. */
export type OpenApiOperation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly Json[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: "path" | "query" | "header";
    readonly required: boolean;
    readonly schema: Json;
    readonly example?: unknown;
  }[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, { schema: Json }>> };
  readonly responses: Readonly<Record<string, Json>>;
};

export type OpenApiDocument = {
  readonly openapi: "3.1.0";
  readonly info: Json;
  readonly servers: readonly Json[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> } & Json;
};

const PROBLEM: Json = {
  type: "object",
  description: "RFC 9457 problem details. Switch on `code`, never on words.",
  required: ["type", "title", "status", "detail", "instance", "code"],
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What happened, why, and what to do now." },
    instance: { type: "string", description: "Request id; also in X-Request-Id." },
    code: { type: "string", description: "Stable `domain.reason`." },
    errors: { type: "object", additionalProperties: { type: "array", items: { type: "string" } } },
    details: { type: "object", additionalProperties: { type: ["string", "number", "boolean", "null"] } },
  },
};

/** One event of a stream as a client reads it (HTML standard, 9.2.6); fields of it may be left out. */
const SERVER_SENT_EVENT: Json = {
  type: "object",
  required: ["data"],
  properties: {
    id: { type: "string", description: "Where the stream is taken up again, by `Last-Event-ID`." },
    event: { type: "string", description: "What kind of event it is." },
    data: { type: "string", contentMediaType: "application/json", description: "JSON." },
  },
};

/** The refusals of one status: what they are called, and one as it is sent. */
function problemOf(status: number): Json {
  const kinds = ERROR_KINDS.filter((kind) => ERROR_TABLE[kind].http === status);
  const [kind = "invalid"] = kinds;
  const title = TRANSPORT_REFUSALS[status] ?? ERROR_TABLE[kind].title;
  const example = {
    type: `https://example.org/docs/api#error-${kind}`,
    title,
    status,
    detail: "What happened, why, and what to do now.",
    instance: "req_01929d3e-7b1c-7a44-9c1e-3f8f6c2d9a10",
    code: `domain.${kind}`,
  };
  return {
    description: kinds.length === 0 ? title : kinds.map((one) => ERROR_TABLE[one].title).join(", or: "),
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" }, example } },
  };
}

const ACCESS_WORDS = {
  public: "No credential is needed.",
  signedIn: "Any valid credential.",
  organization: "A credential that works in an organisation.",
  platform: "An operator of the platform.",
} as const;

const requiredOf = (schema: Json): readonly string[] => (Array.isArray(schema.required) ? schema.required : []);
const propertiesOf = (schema: Json): Readonly<Record<string, Json>> =>
  (schema.properties ?? {}) as Readonly<Record<string, Json>>;

/** The object schema without some of its properties. */
function without(schema: Json, names: readonly string[]): Json {
  const properties = Object.fromEntries(Object.entries(propertiesOf(schema)).filter(([name]) => !names.includes(name)));
  const required = requiredOf(schema).filter((name) => !names.includes(name));
  return { ...schema, properties, ...(required.length > 0 ? { required } : { required: undefined }) };
}

function parametersOf(route: RouteDefinition, input: Json) {
  const inPath = pathParameters(route.path);
  const fields = Object.entries(propertiesOf(input));
  const hasQuery = route.method === "GET" || route.method === "DELETE";
  const named = fields
    .filter(([name]) => hasQuery || inPath.includes(name))
    .map(([name, schema]) => {
      const place = inPath.includes(name) ? ("path" as const) : ("query" as const);
      return { name, in: place, required: place === "path" || requiredOf(input).includes(name), schema };
    });
  const idempotency = {
    name: "Idempotency-Key",
    in: "header" as const,
    required: false,
    schema: {
      type: "string",
      minLength: 1,
      maxLength: 200,
      description: "The same key within 24 h gets the first result.",
    },
  };
  return route.method === "POST" && route.access !== "public" ? [...named, idempotency] : named;
}

const capital = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** The answer under a name, so that a generated client has a type for it; a list is one of named items. */
function answerSchema(route: RouteDefinition, output: z.ZodType, schemas: ComponentSchemas): Json {
  const schema = schemas.of(output, "output");
  const items = schema.type === "array" ? (schema.items as Json) : {};
  return "$ref" in items ? schema : schemas.named(`${capital(route.operationId)}Answer`, schema);
}

function longAnswer(sends: LongAnswer): Json {
  if (sends.kind === "events") {
    return {
      description: "Server-sent events, each of this shape; `data` is JSON.",
      // Said by 3.2's word, which readers of 3.1 pass over or know: a schema beside it would be of all events together.
      content: { "text/event-stream": { itemSchema: { $ref: "#/components/schemas/ServerSentEvent" } } },
    };
  }
  const { contentType, example } = sends;
  return {
    description: `A file (${contentType}). A transfer that breaks off has failed, and what came of it is not the whole.`,
    headers: { "Content-Disposition": { description: "Name to keep it under.", schema: { type: "string" } } },
    content: { [contentType]: { schema: { type: "string" }, example } },
  };
}

const takesBody = ({ method }: RouteDefinition): boolean => method !== "GET" && method !== "DELETE";

function responsesOf(route: RouteDefinition, schemas: ComponentSchemas): Readonly<Record<string, Json>> {
  const success: Json = route.sends
    ? longAnswer(route.sends)
    : route.output === null
      ? { description: "Done." }
      : {
          description: "Done.",
          content: { "application/json": { schema: answerSchema(route, route.output, schemas) } },
        };
  const isChange = route.method !== "GET";
  const refusals = [
    ...["400", "401", "408", "429", "431", "500", "503", "504"],
    // Of what anybody may ask, another site's page may still change nothing with a cookie.
    ...(route.access === "public" && !isChange ? [] : ["403"]),
    ...(takesBody(route) ? ["413", "415"] : []),
    ...(route.asksOthers ? ["502"] : []),
    ...route.refuses.map(String),
    ...(Object.keys(route.input.shape).length > 0 ? ["404"] : []),
    ...(isChange ? ["409", "422"] : []),
  ];
  return {
    [String(route.sends ? 200 : route.status)]: success,
    ...Object.fromEntries(
      refusals.sort().map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
    ),
  };
}

function operationOf(route: RouteDefinition, schemas: ComponentSchemas): OpenApiOperation {
  const input = schemas.of(route.input, "input");
  const body = without(input, pathParameters(route.path));
  const hasBody = takesBody(route) && Object.keys(propertiesOf(body)).length > 0;
  const parameters = parametersOf(route, input);
  const limit = RATE_LIMIT_CLASSES[route.rateLimit].perPrincipal;
  const scope = route.scope === null ? "" : ` Scope: \`${route.scope}\`.`;
  return {
    operationId: route.operationId,
    summary: route.summary,
    description: `${ACCESS_WORDS[route.access]}${scope} At most ${limit} requests a minute.`,
    tags: [route.tag],
    security: route.access === "public" ? [] : [{ bearer: [] }, { session: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody
      ? {
          requestBody: {
            required: requiredOf(body).length > 0,
            content: { "application/json": { schema: schemas.named(`${capital(route.operationId)}Request`, body) } },
          },
        }
      : {}),
    responses: responsesOf(route, schemas),
  };
}

/** The document with units in its schemas, and an example of each parameter, body and answer. */
function withExamples(document: OpenApiDocument): OpenApiDocument {
  const all = Object.entries(document.components.schemas);
  const schemas = Object.fromEntries(all.map(([name, schema]) => [name, withUnits(schema)]));
  const plain = (schema: Json) => inlined(schema, schemas);
  const shown = (holder: Json): Json => {
    const { "application/json": content, ...others } = (holder.content ?? {}) as Readonly<Record<string, Json>>;
    if (content === undefined) return holder;
    const example = exampleOf("", plain(content.schema as Json));
    return { ...holder, content: { ...others, "application/json": { ...content, example } } };
  };
  const operation = (given: OpenApiOperation): OpenApiOperation => ({
    ...given,
    ...(given.parameters
      ? {
          parameters: given.parameters.map((one) => ({
            ...one,
            schema: told(one.name, one.schema),
            example: exampleOf(one.name, plain(one.schema)),
          })),
        }
      : {}),
    ...(given.requestBody ? { requestBody: shown(given.requestBody) as OpenApiOperation["requestBody"] & object } : {}),
    responses: Object.fromEntries(Object.entries(given.responses).map(([status, one]) => [status, shown(one)])),
  });
  const paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, methods]) => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, one]) => [method, operation(one)])),
    ]),
  );
  return { ...document, paths, components: { ...document.components, schemas } };
}

/** The OpenAPI 3.1 document of the route table; same table, same bytes. */
export function buildOpenApi(
  routes: readonly RouteDefinition[],
  options: { publicUrl: string; sessionCookie: string },
): OpenApiDocument {
  const schemas = new ComponentSchemas();
  const documented = routes.filter(({ aliasOf }) => aliasOf === null);
  const sorted = documented.sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1));
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const route of sorted) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, schemas) };
  }
  const document: OpenApiDocument = {
    openapi: "3.1.0",
    info: {
      title: "Omniphi Cloud API",
      version: "1",
      description:
        "Lists take `limit` (1 to 100, 20 when not said) and `cursor` and answer `{ items, nextCursor }`. Times are ISO 8601 with Z. Chain amounts are decimal strings in base units. Unknown parameters are refused.",
    },
    servers: [{ url: new URL(options.publicUrl).origin }],
    tags: [...new Set(sorted.map((route) => route.tag))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "An API token (`omni_…`) or an access token (`omnia_…`).",
        },
        session: { type: "apiKey", in: "cookie", name: options.sessionCookie, description: "The console's session." },
      },
      schemas: {
        ...schemas.all(),
        Problem: PROBLEM,
        ServerSentEvent: SERVER_SENT_EVENT,
        ErrorKinds: {
          description: "Every kind of failure with its status.",
          enum: ERROR_KINDS.map((kind) => `${ERROR_TABLE[kind].http} ${kind}`),
        },
      },
      responses: Object.fromEntries(
        [
          ...new Set([
            ...ERROR_KINDS.map((kind) => ERROR_TABLE[kind].http),
            ...Object.keys(TRANSPORT_REFUSALS).map(Number),
          ]),
        ].map((status) => [`Problem${status}`, problemOf(status)]),
      ),
    },
  };
  // What is undefined is not JSON; the round trip leaves plain data.
  return withExamples(JSON.parse(JSON.stringify(document)) as OpenApiDocument);
}
