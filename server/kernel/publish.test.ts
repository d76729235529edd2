import { describe, expect, it } from "vitest";
import { z } from "zod";
import { publish } from "./publish";
import { defineQuery } from "./verbs";

const verb = defineQuery({
  verb: "validators.get-lost-node",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: z.strictObject({}),
  output: z.strictObject({}),
  run: async () => ({}),
});
const summary = "Of a test";

describe("a published verb", () => {
  it("has its own name for pages and for generated clients", () => {
    const row = publish(verb, {
      rest: "GET /lost",
      trpc: "getLostNode",
      operators: { trpc: "admin.getLostNode" },
      summary,
    });
    expect(row.doors.map(({ trpc, operationId }) => [trpc, operationId])).toEqual([
      ["getLostNode", "getLostNode"],
      ["admin.getLostNode", "adminGetLostNode"],
    ]);
  });

  it.each(["lost", "getNode", "admin.lost", "operators.getLostNode"])("is not called %s", (trpc) => {
    expect(() => publish(verb, { trpc, summary })).toThrow("validators.get-lost-node is getLostNode");
    expect(() => publish(verb, { operators: { trpc }, summary })).toThrow("validators.get-lost-node is getLostNode");
  });
});
