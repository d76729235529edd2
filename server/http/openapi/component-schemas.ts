import { z } from "zod";

export type Json = Readonly<Record<string, unknown>>;
type Io = "input" | "output";

const asJson = (value: unknown): Json => (value !== null && typeof value === "object" ? (value as Json) : {});

/** The value with every reference to a definition made one to a component, by the names given. */
function renamed(value: unknown, nameOf: (id: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, nameOf));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const id = key === "$ref" && typeof inner === "string" ? /^#\/\$defs\/(.+)$/.exec(inner)?.[1] : undefined;
      return [key, id === undefined ? renamed(inner, nameOf) : `#/components/schemas/${nameOf(id)}`];
    }),
  );
}

/** The schema with every reference replaced by what it refers to; none of ours refers to itself. */
export function inlined(schema: Json, components: Readonly<Record<string, Json>>): Json {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (value === null || typeof value !== "object") return value;
    const { $ref, ...rest } = value as { $ref?: unknown } & Json;
    const own = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, walk(inner)]));
    const name = typeof $ref === "string" ? $ref.replace("#/components/schemas/", "") : undefined;
    return name === undefined ? own : { ...asJson(walk(components[name])), ...own };
  };
  return asJson(walk(schema));
}

/** The document's named schemas, as they are asked for. */
export class ComponentSchemas {
  readonly #schemas = new Map<string, Json>();

  /** The JSON schema with a reference wherever a part has a name (`.meta({ id })`). What is read otherwise than it is answered has two names. */
  of(schema: z.ZodType, io: Io): Json {
    const { $schema: _dialect, $defs, ...rest } = asJson(z.toJSONSchema(schema, { io, unrepresentable: "any" }));
    const definitions = asJson($defs);
    // A name within a definition is settled before the definition itself can be compared.
    const settled = new Map<string, string>();
    const settle = (id: string): string => {
      const known = settled.get(id);
      if (known !== undefined) return known;
      const { id: _id, ...body } = asJson(definitions[id]);
      const definition = renamed(body, settle) as Json;
      const name = this.#add(id, definition, io);
      settled.set(id, name);
      return name;
    };
    return renamed(rest, settle) as Json;
  }

  /** The schema under a name of its own, unless it is a reference already. */
  named(name: string, schema: Json): Json {
    return "$ref" in schema ? schema : { $ref: `#/components/schemas/${this.#add(name, schema, "output")}` };
  }

  #add(id: string, definition: Json, io: Io): string {
    for (const name of io === "output" ? [id] : [id, `${id}Input`]) {
      const known = this.#schemas.get(name);
      if (known === undefined) {
        this.#schemas.set(name, definition);
        return name;
      }
      if (JSON.stringify(known) === JSON.stringify(definition)) return name;
    }
    throw new Error(`two different schemas are named ${id}`);
  }

  /** The schema with no reference in it: what a reader or a list of parameters wants. */
  inlined(schema: Json): Json {
    return inlined(schema, this.all());
  }

  /** What was asked for so far, by name. */
  all(): Readonly<Record<string, Json>> {
    return Object.fromEntries([...this.#schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
