import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "./errors";
import { parseInput } from "./parse-input";

const Schema = z
  .strictObject({
    name: z
      .string()
      .min(3, "at least 3 characters")
      .regex(/^[a-z]+$/, "small letters only"),
    rate: z.object({ max: z.number({ error: "a number" }) }),
    tags: z.array(z.string({ error: "text" })).default([]),
  })
  .refine((value) => value.rate.max < 1, "the maximum is below one");

const refusalOf = (value: unknown): unknown => {
  try {
    return parseInput(Schema, value);
  } catch (thrown) {
    return thrown;
  }
};

describe("parseInput", () => {
  it("returns what the schema makes of it, defaults included", () => {
    expect(parseInput(Schema, { name: "abc", rate: { max: 0.5 } })).toEqual({
      name: "abc",
      rate: { max: 0.5 },
      tags: [],
    });
  });

  it.each([
    [
      "each message of a field",
      { name: "A", rate: { max: 0 } },
      { name: ["at least 3 characters", "small letters only"] },
    ],
    ["a nested field by its path", { name: "abc", rate: { max: "x" } }, { "rate.max": ["a number"] }],
    ["an item by its index", { name: "abc", rate: { max: 0 }, tags: ["a", 1] }, { "tags.1": ["text"] }],
    ["what concerns the whole under _", { name: "abc", rate: { max: 2 } }, { _: ["the maximum is below one"] }],
  ])("names %s", (_, value, fieldErrors) => {
    expect(refusalOf(value)).toMatchObject({ kind: "invalid", code: "kernel.invalid_input", fieldErrors });
  });

  it("says the first finding in its message, with the field before it", () => {
    expect(refusalOf({ name: "ab", rate: { max: 0 } })).toMatchObject({ message: "name: at least 3 characters" });
    expect(refusalOf({ name: "abc", rate: { max: 2 } })).toMatchObject({ message: "the maximum is below one" });
  });

  it.each([undefined, null, 1, "text", []])("refuses %j, which is no object", (value) => {
    expect(refusalOf(value)).toMatchObject({ kind: "invalid", fieldErrors: { _: [expect.any(String)] } });
  });

  it("refuses a field that the schema does not know", () => {
    expect(refusalOf({ name: "abc", rate: { max: 0 }, organizationId: "org_1" })).toMatchObject({ kind: "invalid" });
  });

  it.each(["__proto__", "constructor", "prototype", "toString"])("refuses a field called %s", (name) => {
    const text = `{"name":"abc","rate":{"max":0},"${name}":{"isAdmin":true}}`;
    expect(refusalOf(JSON.parse(text))).toMatchObject({ fieldErrors: { _: [expect.stringContaining(name)] } });
  });

  it("names the first few of a hundred thousand fields that it does not know, and counts the rest", () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`${index}${"x".repeat(50)}`, 1]));
    const refusal = refusalOf({ name: "abc", rate: { max: 0 }, ...many });
    expect(refusal).toMatchObject({ fieldErrors: { _: [expect.stringMatching(/ and 99995 more$/)] } });
    expect(JSON.stringify(refusal).length).toBeLessThan(2_000);
  });

  describe("text that the database cannot keep", () => {
    const AnyText = z.strictObject({
      name: z.string().optional(),
      tags: z.array(z.object({ label: z.string() })).optional(),
      answers: z.record(z.string(), z.unknown()).optional(),
    });
    const findingOf = (value: unknown) => {
      try {
        parseInput(AnyText, value);
        return null;
      } catch (thrown) {
        return thrown;
      }
    };

    it.each([
      ["a null character", { name: "a\u0000" }, "name"],
      ["the first half of a character", { name: "a\ud83d" }, "name"],
      ["the second half of a character", { tags: [{ label: "ok" }, { label: "\udc00" }] }, "tags.1.label"],
      ["one far inside", { answers: JSON.parse(`${"[".repeat(9_000)}"\\u0000"${"]".repeat(9_000)}`) }, null],
      ["one as a name", { answers: { "\u0000": 1 } }, "answers"],
    ])("is refused by its field: %s", (_, value, field) => {
      const given = field === null ? { answers: { deep: value.answers } } : value;
      expect(findingOf(given)).toMatchObject({ kind: "invalid", code: "kernel.invalid_input" });
      if (field !== null) expect(findingOf(given)).toMatchObject({ fieldErrors: { [field]: [expect.any(String)] } });
    });

    it("is not every unusual text: other control characters, emoji and any script pass on to the schema", () => {
      const text = "\u0001\u001b\u202e😀ﬁ‏ अ";
      expect(parseInput(AnyText, { name: text })).toEqual({ name: text });
    });
  });
});

describe("a refusal", () => {
  it("does not grow with what was sent", () => {
    const names = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`unknown-${index}`, 1]));
    const many = { list: Array.from({ length: 5_000 }, () => "wrong") };
    for (const [schema, value] of [
      [z.strictObject({}), names],
      [z.strictObject({ list: z.array(z.number()) }), many],
      [z.record(z.string(), z.number()), { ["long".repeat(10_000)]: "wrong" }],
    ] as const) {
      const refusal = catching(() => parseInput(schema, value));
      expect(JSON.stringify(refusal.fieldErrors).length).toBeLessThan(10_000);
      expect(refusal.message.length).toBeLessThan(1_000);
    }
  });
});

function catching(work: () => unknown): AppError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
  }
  throw new Error("nothing was refused");
}
