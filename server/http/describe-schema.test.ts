import { describe, expect, it } from "vitest";
import { z } from "zod";
import { describeSchema, typeInWords } from "./describe-schema";

const json = (schema: z.ZodType) => z.toJSONSchema(schema) as Record<string, unknown>;

describe("a schema in words", () => {
  it.each([
    [z.string(), "string"],
    [z.string().nullable(), "string or null"],
    [z.array(z.enum(["a", "b"])), 'list of "a" or "b"'],
    [z.literal("x"), '"x"'],
    [z.union([z.string(), z.number()]), "string or number"],
    [z.record(z.string(), z.boolean()), "object of boolean"],
    [z.unknown(), "any"],
  ])("%#", (schema, words) => {
    expect(typeInWords(json(schema))).toBe(words);
  });

  it("lists fields in order, nested ones below their own, with limits and defaults", () => {
    const schema = z.strictObject({
      name: z.string().min(1).max(80),
      limit: z.number().int().min(1).max(100).default(20),
      items: z.array(z.strictObject({ id: z.string().nullable() })).optional(),
    });
    expect(describeSchema(z.toJSONSchema(schema, { io: "input" }) as Record<string, unknown>)).toEqual([
      { depth: 0, path: "name", name: "name", type: "string", isRequired: true, notes: "length from 1, length to 80" },
      {
        depth: 0,
        path: "limit",
        name: "limit",
        type: "integer",
        isRequired: false,
        notes: "20 when not said, from 1, to 100",
      },
      { depth: 0, path: "items", name: "items", type: "list of object", isRequired: false, notes: "" },
      { depth: 1, path: "items.id", name: "id", type: "string or null", isRequired: true, notes: "" },
    ]);
  });

  it("ends a sentence before it goes on with limits", () => {
    const schema = z.object({ key: z.string().max(9).describe("Repeats the first answer.") });
    expect(describeSchema(json(schema)).map(({ notes }) => notes)).toEqual(["Repeats the first answer. length to 9"]);
  });
});
