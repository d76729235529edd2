import type { z } from "zod";

/** Zod's own formats whose pattern reads a text once, whatever its length. */
const LINEAR_FORMATS = new Set(["datetime"]);

/** Whether the pattern can match only texts up to some length: anchored at both ends, nothing in it repeats without end. */
export function isFixedPattern(pattern: RegExp): boolean {
  const source = pattern.source;
  if (!/^\^/.test(source) || !/(^|[^\\])(\\\\)*\$$/.test(source)) return false;
  const bare = source.replace(/\\./g, "x").replace(/\[\^?\]?[^\]]*\]/g, "x");
  if (/[*+]|\{\d+,\}/.test(bare)) return false;
  let depth = 0;
  for (const sign of bare) {
    if (sign === "(") depth += 1;
    else if (sign === ")") depth -= 1;
    else if (sign === "|" && depth === 0) return false;
  }
  return true;
}

type Def = {
  readonly type: string;
  readonly format?: string;
  readonly coerce?: boolean;
  readonly checks?: readonly { readonly _zod: { readonly def: CheckDef } }[];
  readonly innerType?: unknown;
  readonly in?: unknown;
  readonly keyType?: unknown;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly left?: unknown;
  readonly right?: unknown;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly items?: readonly unknown[];
  readonly options?: readonly unknown[];
  readonly getter?: () => unknown;
};
type CheckDef = {
  readonly check: string;
  readonly format?: string;
  readonly abort?: boolean;
  readonly pattern?: RegExp;
};
const defOf = (schema: unknown): Def => (schema as { readonly _zod: { readonly def: Def } })._zod.def;
const checksOf = (def: Def): readonly CheckDef[] => (def.checks ?? []).map((check) => check._zod.def);

/** What is wrong with one text: work before its bound, a bound that does not stop that work, or (where asked for) no bound at all. */
function ofText(def: Def, mustBeBounded: boolean): string | undefined {
  let isBounded = false;
  let isStopped = false;
  for (const check of checksOf(def)) {
    const bounds =
      check.check === "max_length" ||
      check.check === "length_equals" ||
      (check.check === "string_format" && check.pattern !== undefined && isFixedPattern(check.pattern));
    if (bounds) {
      isBounded = true;
      isStopped ||= check.abort === true;
      continue;
    }
    if (check.check === "min_length") continue;
    if (!isBounded) return `${check.format ?? check.check} before a bound`;
    if (!isStopped) return `${check.format ?? check.check} after a bound that does not abort`;
  }
  if (def.format !== undefined && !LINEAR_FORMATS.has(def.format)) return `${def.format} before a bound`;
  return mustBeBounded && !isBounded ? "a text without a bound" : undefined;
}

function ofDate(def: Def): string | undefined {
  const names = checksOf(def).map((check) => check.check);
  return names.includes("greater_than") && names.includes("less_than") ? undefined : "a date without a range";
}

const hasWork = (def: Def): boolean => checksOf(def).some(({ check }) => check === "custom" || check === "overwrite");
const isBoundedList = (def: Def): boolean =>
  checksOf(def).some(({ check }) => check === "max_length" || check === "length_equals");

type Walk = { readonly path: string; readonly mustBeBounded: boolean; readonly seen: ReadonlySet<unknown> };

function ofRecord(def: Def, walk: Walk): string[] {
  const isOpen = defOf(def.keyType).type === "string" && walk.mustBeBounded;
  return [
    ...(isOpen ? [`${walk.path}: any number of names`] : []),
    ...findIn(def.keyType, walk),
    ...findIn(def.valueType, { ...walk, path: `${walk.path}.*` }),
  ];
}

function ofPipe(def: Def, walk: Walk): string[] {
  if (defOf(def.in).type === "transform") return [`${walk.path}: preprocess before a bound`];
  // What comes out was made of what is bounded; a schema that only narrows is read like the first.
  return findIn(def.in, { ...walk, mustBeBounded: true });
}

const PLAIN = new Set(["number", "int", "boolean", "literal", "enum", "null", "undefined", "void", "never", "nan"]);
const WRAPPERS = new Set([
  "optional",
  "nullable",
  "default",
  "prefault",
  "catch",
  "readonly",
  "nonoptional",
  "success",
]);

function findIn(schema: unknown, outer: Walk): string[] {
  if (outer.seen.has(schema)) return [];
  const def = defOf(schema);
  const walk: Walk = {
    ...outer,
    // A check of a whole runs on its parts, so they are bounded before it.
    mustBeBounded: outer.mustBeBounded || (def.type !== "string" && def.type !== "date" && hasWork(def)),
    seen: new Set([...outer.seen, schema]),
  };
  const said = (reason: string | undefined) => (reason === undefined ? [] : [`${walk.path}: ${reason}`]);
  if (PLAIN.has(def.type)) return [];
  if (WRAPPERS.has(def.type)) return findIn(def.innerType, walk);
  switch (def.type) {
    case "string":
      return said(ofText(def, walk.mustBeBounded));
    case "date":
      return said(ofDate(def));
    case "bigint":
      return def.coerce === true ? said("a number read from a text without a bound") : [];
    case "object":
      return Object.entries(def.shape ?? {}).flatMap(([name, field]) =>
        findIn(field, { ...walk, path: `${walk.path}.${name}` }),
      );
    case "array":
      return [
        ...(walk.mustBeBounded && !isBoundedList(def) ? said("a list without a bound") : []),
        ...findIn(def.element, { ...walk, path: `${walk.path}[]` }),
      ];
    case "tuple":
      return (def.items ?? []).flatMap((item) => findIn(item, { ...walk, path: `${walk.path}[]` }));
    case "union":
      return (def.options ?? []).flatMap((option) => findIn(option, walk));
    case "intersection":
      return [...findIn(def.left, walk), ...findIn(def.right, walk)];
    case "record":
    case "map":
      return ofRecord(def, walk);
    case "pipe":
      return ofPipe(def, walk);
    case "lazy":
      return findIn(def.getter?.(), walk);
    default:
      return walk.mustBeBounded ? said(`${def.type}, of which nothing is known`) : [];
  }
}

/**
 * Places of an input where work comes before a bound. With `everywhere`, also texts, lists and records that have no bound at all, which is
 * what whatever a transport hands on must have.
 */
export const unboundedIn = (name: string, schema: z.ZodType, { everywhere }: { readonly everywhere: boolean }) =>
  findIn(schema, { path: name, mustBeBounded: everywhere, seen: new Set() });
