import { describe, expect, it } from "vitest";
import { z } from "zod";
import { PUBLISHED } from "@/server/http/all-published";
import { bytesText, nameBytesText, nameText } from "@/server/kernel/text";

/** Fields in which people give a thing a name. */
const IS_NAME = /^(name|moniker)$|Name$/;
/** Each is a name of several characters that nobody can see, or that reads like another one. */
const UNSEEN = ["\u3164\u3164\u3164", "abc\u200bd", "ab\u202ecd", "ab\u2800cd", "ab\u{e0041}cd", "\u0301\u0301\u0301"];

/** What nobody here gives: an agent tells what its machine's containers are called. */
const TOLD: ReadonlySet<string> = new Set(["regions.reportServerHeartbeat.nodes.name"]);

type Def = {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly in?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly options?: readonly z.ZodType[];
};
const defOf = (schema: z.ZodType) => (schema as unknown as { readonly _zod: { readonly def: Def } })._zod.def;

/** Fields of an input, however deep, in which something is called by a name. */
function namesIn(path: string, schema: z.ZodType): readonly (readonly [string, z.ZodType])[] {
  const { shape, innerType, element, in: piped, options } = defOf(schema);
  const parts = [innerType, element, piped, ...(options ?? [])].filter((part) => part !== undefined);
  return [
    ...Object.entries(shape ?? {}).flatMap(([name, field]) => [
      ...(IS_NAME.test(name) ? [[`${path}.${name}`, field] as const] : []),
      ...namesIn(`${path}.${name}`, field),
    ]),
    ...parts.flatMap((part) => namesIn(path, part)),
  ];
}

/** Which of the unseen names a field takes. */
const taken = (schema: z.ZodType): readonly string[] => UNSEEN.filter((name) => schema.safeParse(name).success);

describe("names", () => {
  it("are under one rule in every input: what cannot be seen is in none", () => {
    const fields = PUBLISHED.flatMap(({ domain, rows }) =>
      rows.flatMap(({ doors }) =>
        doors.flatMap(({ input, trpc, operationId }) => namesIn(`${domain}.${trpc ?? operationId}`, input)),
      ),
    );
    expect(fields.length).toBeGreaterThan(10);
    expect(fields.flatMap(([path, field]) => (taken(field).length > 0 && !TOLD.has(path) ? [path] : []))).toEqual([]);
  });
});

describe("the rule", () => {
  it.each([z.string().max(80), bytesText(70)])("finds a name that is held to another one: %#", (name) => {
    const [[path, field] = ["", z.string()]] = namesIn(
      "x",
      z.strictObject({ deep: z.array(z.strictObject({ hisName: name })) }),
    );
    expect([path, taken(field).length > 0]).toEqual(["x.deep.hisName", true]);
  });

  it("looks into what is changed after it was read", () => {
    const piped = z.strictObject({ name: z.string() }).transform(({ name }) => name);
    expect(namesIn("x", piped).map(([path]) => path)).toEqual(["x.name"]);
  });

  it("lets both of ours stand", () => {
    expect([...taken(nameText(80)), ...taken(nameBytesText(70))]).toEqual([]);
  });
});
