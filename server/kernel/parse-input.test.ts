import { describe, expect, it } from "vitest";
import { z } from "zod";
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
});
