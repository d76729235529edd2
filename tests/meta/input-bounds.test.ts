import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ROUTES } from "@/server/http/routes";
import { listVerbs } from "@/server/kernel/verbs";
import { listRepositoryFiles, readRepositoryFiles } from "./repository-files";
import { isFixedPattern, unboundedIn } from "./unbounded-input";

/** What the transports hand requests on to: offered verbs that are named in one of their files or in a domain's list of what is published. */
async function publishedVerbs() {
  const transports = readRepositoryFiles(/^server\/(trpc|http|auth)\/.*\.ts$|^server\/domains\/[^/]+\/published\.ts$/);
  const words = new Set(transports.flatMap(({ text }) => text.match(/\w+/g) ?? []));
  const found: { readonly verb: string; readonly input: z.ZodType }[] = [];
  const domains = listRepositoryFiles().flatMap(
    (path) => /^server\/domains\/([^/]+)\/index\.ts$/.exec(path)?.[1] ?? [],
  );
  for (const domain of domains) {
    const offered: Readonly<Record<string, unknown>> = await import(`@/server/domains/${domain}/index.ts`);
    for (const [name, value] of Object.entries(offered)) {
      if (words.has(name) && typeof value === "function" && "verb" in value && "input" in value) {
        found.push({ verb: String(value.verb), input: value.input as z.ZodType });
      }
    }
  }
  return found;
}

describe("inputs", () => {
  it("of every verb do no work on a text, and take no date, before its bound", () => {
    const verbs = listVerbs();
    expect(verbs.length).toBeGreaterThan(50);
    expect(verbs.flatMap(({ verb, input }) => unboundedIn(verb, input, { everywhere: false }))).toEqual([]);
  });

  it("that arrive by REST have a bound on everything", () => {
    expect(ROUTES.length).toBeGreaterThan(30);
    expect(ROUTES.flatMap(({ operationId, input }) => unboundedIn(operationId, input, { everywhere: true }))).toEqual(
      [],
    );
  });

  it("of every verb that a transport calls have a bound on everything", async () => {
    const published = await publishedVerbs();
    expect(published.length).toBeGreaterThan(60);
    expect(published.flatMap(({ verb, input }) => unboundedIn(verb, input, { everywhere: true }))).toEqual([]);
  });
});

const order = (schema: z.ZodType) => unboundedIn("x", schema, { everywhere: false });
const everywhere = (schema: z.ZodType) => unboundedIn("x", schema, { everywhere: true });
const nfc = (text: string) => text.normalize("NFC");

describe("the rule", () => {
  it.each([
    ["a transform", z.string().transform(nfc)],
    ["a transform whose result is bounded", z.string().transform(nfc).pipe(z.string().max(80))],
    ["zod's own normalise", z.string().normalize("NFC").max(80)],
    [
      "a refinement",
      z
        .string()
        .refine(() => true)
        .max(80),
    ],
    [
      "a refinement after a bound that lets it run",
      z
        .string()
        .max(80)
        .refine(() => true),
    ],
    ["a preprocess", z.preprocess(nfc as never, z.string().max(80))],
    ["a pattern without an end", z.string().regex(/^(a+)+$/)],
    ["an address", z.url().max(80)],
    ["a refinement of an object", z.strictObject({ a: z.string() }).superRefine(() => undefined)],
    ["a transform of a list", z.array(z.string().max(5)).transform((list) => list)],
    ["a big number", z.coerce.bigint()],
    ["a date without a range", z.coerce.date().min(new Date(0))],
  ])("finds %s", (_, schema) => {
    expect(order(schema)).toHaveLength(1);
    expect(order(z.strictObject({ deep: z.array(schema.optional()).nullable() }))).toHaveLength(1);
  });

  it.each([
    ["a text", z.string()],
    ["a list", z.array(z.number())],
    ["names of any number", z.record(z.string().max(5), z.number())],
    ["anything", z.unknown()],
  ])("finds %s without a bound where a transport hands it on", (_, schema) => {
    expect(order(schema)).toEqual([]);
    expect(everywhere(z.strictObject({ deep: schema.optional() }))).toHaveLength(1);
  });

  it.each([
    z
      .string()
      .max(80, { abort: true })
      .refine(() => true)
      .transform(nfc),
    z.string().regex(/^val_[0-9a-f-]{36}$/),
    z
      .array(z.string().max(5))
      .max(5)
      .transform((list) => list),
    z.coerce.date().min(new Date(0)).max(new Date(1)),
    z.enum(["a", "b"]).refine(() => true),
  ])("lets what is bounded first pass: %#", (schema) => {
    expect(everywhere(schema)).toEqual([]);
  });

  it.each([
    [/^[0-9a-f]{64}$/, true],
    [/^(a|b)?c\d{1,3}$/, true],
    [/^\$\+x$/, true],
    [/^a+$/, false],
    [/^a{3,}$/, false],
    [/a{3}$/, false],
    [/^a|b$/, false],
    [/^a\$/, false],
  ])("knows whether %s has an end: %s", (pattern, isFixed) => {
    expect(isFixedPattern(pattern)).toBe(isFixed);
  });
});
