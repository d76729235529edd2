type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI document, as far as its clients depend on it. */
export type ApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
};

/** Whether clients send what the schema says, or read it: what is more for one is less for the other. */
type Side = "sent" | "read";

const asJson = (value: unknown): Json => (value !== null && typeof value === "object" ? (value as Json) : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const names = (value: unknown): readonly string[] => asList(value).map(String);

/** The schema with its references resolved at the top, as its alternatives. */
function alternatives(schema: unknown, document: ApiDocument): readonly Json[] {
  const { $ref, ...own } = asJson(schema);
  const name = typeof $ref === "string" ? ($ref.split("/").at(-1) ?? "") : undefined;
  const whole: Json = name === undefined ? own : { ...asJson(document.components.schemas[name]), ...own };
  const inner = [...asList(whole.anyOf), ...asList(whole.oneOf)];
  if (inner.length > 0) return inner.flatMap((one) => alternatives(one, document));
  if (typeof whole.$ref === "string") return alternatives(whole, document);
  return [whole];
}

const typesOf = (all: readonly Json[]): ReadonlySet<string> =>
  new Set(all.flatMap(({ type }) => (Array.isArray(type) ? names(type) : [typeof type === "string" ? type : "any"])));

/** The only values that there are; null where any will do. */
function valuesOf(all: readonly Json[]): readonly string[] | null {
  const told = all.filter(({ type }) => type !== "null");
  if (told.length === 0 || told.some((one) => !("enum" in one) && !("const" in one))) return null;
  return told.flatMap((one) => ("const" in one ? [one.const] : asList(one.enum)).map((value) => JSON.stringify(value)));
}

/** Limits of what is sent: those that may only rise, and those that may only fall. */
const UPPER = ["maxLength", "maximum", "exclusiveMaximum", "maxItems"];
const LOWER = ["minLength", "minimum", "exclusiveMinimum", "minItems"];

function limitBreaches(was: Json, is: Json, path: string): string[] {
  const lower = (name: string, missing: number) => Number(was[name] ?? missing);
  return [
    ...UPPER.filter((name) => Number(is[name] ?? Infinity) < lower(name, Infinity)),
    ...LOWER.filter((name) => Number(is[name] ?? -Infinity) > lower(name, -Infinity)),
    ...["pattern", "format"].filter((name) => is[name] !== undefined && is[name] !== was[name]),
  ].map((name) => `${path}: ${name} is stricter`);
}

/** What tells one kind of object of a union from the others. */
const markOf = (one: Json): string =>
  JSON.stringify(
    Object.entries(asJson(one.properties)).flatMap(([name, inner]) => {
      const { const: value } = asJson(inner);
      return value === undefined ? [] : [[name, value]];
    }),
  );

function fieldBreaches(side: Side, path: string, was: Json, is: Json, at: Both): string[] {
  const [before, now] = [asJson(was.properties), asJson(is.properties)];
  const [needed, needs] = [names(was.required), names(is.required)];
  const gone = Object.keys(before).filter((name) => !(name in now));
  const isOpen = side === "sent" && is.additionalProperties !== false;
  return [
    ...(isOpen ? [] : gone.map((name) => `${path}.${name}: is gone`)),
    ...(side === "read"
      ? needed.filter((name) => name in now && !needs.includes(name)).map((name) => `${path}.${name}: may be missing`)
      : needs.filter((name) => !needed.includes(name)).map((name) => `${path}.${name}: is required`)),
    ...Object.keys(before)
      .filter((name) => name in now)
      .flatMap((name) => schemaBreaches(side, `${path}.${name}`, before[name], now[name], at)),
    ...(side === "sent" && was.additionalProperties !== false && is.additionalProperties === false && "type" in was
      ? [`${path}: takes no other fields`]
      : []),
  ];
}

type Both = { readonly was: ApiDocument; readonly is: ApiDocument };

function schemaBreaches(side: Side, path: string, wasSchema: unknown, isSchema: unknown, at: Both): string[] {
  const [was, is] = [alternatives(wasSchema, at.was), alternatives(isSchema, at.is)];
  const [wide, narrow] = side === "sent" ? [is, was] : [was, is];
  const [wideTypes, narrowTypes] = [typesOf(wide), typesOf(narrow)];
  // An integer is a number too.
  const fits = (type: string) =>
    wideTypes.has(type) || wideTypes.has("any") || (type === "integer" && wideTypes.has("number"));
  const types = [...narrowTypes].filter((type) => !fits(type));
  const [before, now] = [valuesOf(was), valuesOf(is)];
  // A new value in an answer is no breach: clients are told to expect them. One that no longer comes is waited for in vain.
  const lost = now === null ? [] : (before ?? ["any value"]).filter((value) => !now.includes(value));
  const objects = (all: readonly Json[]) => all.filter((one) => "properties" in one);
  const inner = objects(was).flatMap((one) => {
    const [only, ...others] = objects(is);
    const twin = others.length === 0 ? only : objects(is).find((other) => markOf(other) === markOf(one));
    return twin ? fieldBreaches(side, path, one, twin, at) : [`${path}: ${markOf(one)} is gone`];
  });
  const [wasItems, isItems] = [was.find((one) => "items" in one), is.find((one) => "items" in one)];
  return [
    ...types.map((type) => (side === "sent" ? `${path}: takes no ${type}` : `${path}: may be ${type}`)),
    ...lost.map((value) => `${path}: ${value} is gone`),
    ...inner,
    ...(wasItems && isItems ? schemaBreaches(side, `${path}[]`, wasItems.items, isItems.items, at) : []),
    ...(side === "sent" && was.length === 1 && is.length === 1 ? limitBreaches(was[0] ?? {}, is[0] ?? {}, path) : []),
  ];
}

/** The schema of a body; of a stream whose events are described (`itemSchema`), the whole is the text that it always was. */
function schemaIn(holder: unknown): unknown {
  const content = asJson(Object.values(asJson(asJson(holder).content))[0]);
  return content.schema ?? (content.itemSchema === undefined ? undefined : { type: "string" });
}

/** Refusals for want of a person or a right: where they come no more the door has been opened, and nobody who came in is turned away. */
const OPENED = new Set(["401", "403"]);

function operationBreaches(name: string, was: Json, is: Json, at: Both): string[] {
  const [before, now] = [was, is].map((one) => asList(one.parameters).map(asJson)) as [Json[], Json[]];
  const twinOf = (one: Json) => now.find((other) => other.name === one.name && other.in === one.in);
  const isKnown = (one: Json) => before.some((other) => other.name === one.name && other.in === one.in);
  const [answers, answersNow] = [asJson(was.responses), asJson(is.responses)];
  const [body, bodyNow] = [schemaIn(was.requestBody), schemaIn(is.requestBody)];
  return [
    ...before.flatMap((one) => {
      const twin = twinOf(one);
      const path = `${name} ?${one.name}`;
      if (!twin) return [`${path}: is gone`];
      return [
        ...(twin.required === true && one.required !== true ? [`${path}: is required`] : []),
        ...schemaBreaches("sent", path, one.schema, twin.schema, at),
      ];
    }),
    ...now.filter((one) => one.required === true && !isKnown(one)).map((one) => `${name} ?${one.name}: is required`),
    ...(body === undefined && asJson(is.requestBody).required === true ? [`${name} body: is required`] : []),
    ...(body !== undefined && bodyNow === undefined ? [`${name} body: is gone`] : []),
    ...(body !== undefined && bodyNow !== undefined ? schemaBreaches("sent", `${name} body`, body, bodyNow, at) : []),
    ...Object.entries(answers).flatMap(([status, answer]) => {
      const path = `${name} ${status}`;
      if (!(status in answersNow)) return OPENED.has(status) ? [] : [`${path}: is gone`];
      const [schema, schemaNow] = [schemaIn(answer), schemaIn(answersNow[status])];
      if (schema === undefined) return [];
      return schemaNow === undefined ? [`${path}: has no body`] : schemaBreaches("read", path, schema, schemaNow, at);
    }),
  ];
}

/** Everything for which a client of the one document fails with the other; empty where all that worked still works. */
export function apiBreaches(was: ApiDocument, is: ApiDocument): string[] {
  return Object.entries(was.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const now = is.paths[path]?.[method];
      return now === undefined
        ? [`${name}: is gone`]
        : operationBreaches(name, asJson(operation), asJson(now), { was, is });
    }),
  );
}
