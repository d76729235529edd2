type Json = Readonly<Record<string, unknown>>;

/** One line of a schema as a reader wants it: indented name, type in words, whether it must be there, and its limits. */
export type SchemaLine = {
  readonly depth: number;
  /** Names from the outermost field on, with dots; unlike the name itself there is one of each. */
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly notes: string;
};

const MAX_DEPTH = 6;

const asJson = (value: unknown): Json => (value !== null && typeof value === "object" ? (value as Json) : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The schema without its null, and whether null was there. */
function unwrapNull(schema: Json): { schema: Json; isNullable: boolean } {
  const options = asList(schema.anyOf).map(asJson);
  const others = options.filter((option) => option.type !== "null");
  const [only] = others;
  return options.length === others.length + 1 && others.length === 1 && only
    ? { schema: { ...schema, anyOf: undefined, ...only }, isNullable: true }
    : { schema, isNullable: false };
}

/** The type in a few words, e.g. `list of string`, `"a" or "b"`. */
export function typeInWords(given: Json): string {
  const { schema, isNullable } = unwrapNull(given);
  return isNullable ? `${plainType(schema)} or null` : plainType(schema);
}

function plainType(schema: Json): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const values = asList(schema.enum);
  if (values.length > 0) return values.map((value) => JSON.stringify(value)).join(" or ");
  const options = asList(schema.anyOf ?? schema.oneOf).map(asJson);
  if (options.length > 0) return [...new Set(options.map(typeInWords))].join(" or ");
  if (schema.type === "array") return `list of ${typeInWords(asJson(schema.items))}`;
  if (schema.type === "object" && schema.properties === undefined) {
    return `object of ${typeInWords(asJson(schema.additionalProperties))}`;
  }
  return Array.isArray(schema.type) ? schema.type.join(" or ") : String(schema.type ?? "any");
}

const NOTES: readonly [key: string, words: (value: unknown) => string][] = [
  ["description", (value) => String(value)],
  ["format", (value) => String(value)],
  ["default", (value) => `${JSON.stringify(value)} when not said`],
  ["minimum", (value) => `from ${value}`],
  ["maximum", (value) => `to ${value}`],
  ["minLength", (value) => `length from ${value}`],
  ["maxLength", (value) => `length to ${value}`],
  ["minItems", (value) => `count from ${value}`],
  ["maxItems", (value) => `count to ${value}`],
  ["pattern", (value) => `matches ${value}`],
];

/** Zod states the whole safe range of integers, which tells a reader nothing. */
const isTelling = (key: string, value: unknown): boolean =>
  value !== undefined &&
  !((key === "minimum" || key === "maximum") && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER);

function notesOf(given: Json): string {
  const { schema } = unwrapNull(given);
  return NOTES.filter(([key]) => isTelling(key, schema[key]))
    .map(([key, words]) => words(schema[key]))
    .reduce((said, words) => (said === "" ? words : `${said}${said.endsWith(".") ? " " : ", "}${words}`), "");
}

/** The fields of an object schema, nested ones indented below their own; lists and nullables are looked through. */
export function describeSchema(given: Json, above: readonly string[] = []): SchemaLine[] {
  const { schema } = unwrapNull(given);
  const depth = above.length;
  if (depth > MAX_DEPTH) return [];
  if (schema.type === "array") return describeSchema(asJson(schema.items), above);
  const required = asList(schema.required);
  return Object.entries(asJson(schema.properties)).flatMap(([name, value]) => {
    const field = asJson(value);
    const path = [...above, name];
    const line = {
      depth,
      path: path.join("."),
      name,
      type: typeInWords(field),
      isRequired: required.includes(name),
      notes: notesOf(field),
    };
    return [line, ...describeSchema(field, path)];
  });
}
