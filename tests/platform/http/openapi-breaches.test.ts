import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiDocument, apiBreaches } from "../../support/api-breaches";
import { callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

/** The last release's document, without words and examples. A release writes it anew; an entry that is changed otherwise is a broken client. */
const RELEASE = "tests/platform/http/openapi-release.json";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await createTestRuntime();
});
afterAll(() => runtime.close());

it("the API takes and answers all that the last release's did", async () => {
  const last = JSON.parse(readFileSync(RELEASE, "utf8")) as ApiDocument;
  expect(Object.keys(last.paths).length).toBeGreaterThan(40);
  const { body } = await callApi("GET", "/api/v1/openapi.json");
  expect(apiBreaches(last, body as ApiDocument)).toEqual([]);
});

/** A small document, made anew for each case. */
const document = () => ({
  paths: {
    "/things": {
      get: {
        parameters: [
          { name: "kind", in: "query", required: false, schema: { type: "string", enum: ["a", "b"] } },
          { name: "limit", in: "query", required: false, schema: { type: "integer", maximum: 100 } },
        ],
        responses: {
          "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Things" } } } },
          "403": { $ref: "#/components/responses/Problem403" },
          "404": { $ref: "#/components/responses/Problem404" },
        },
      },
      post: {
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Make" } } },
        },
        responses: { "204": { description: "Done." } },
      },
    },
  },
  components: {
    schemas: {
      Things: {
        type: "object",
        required: ["items"],
        properties: { items: { type: "array", items: { $ref: "#/components/schemas/Thing" } } },
      },
      Thing: {
        type: "object",
        required: ["id", "state", "size"],
        properties: {
          id: { type: "string" },
          state: { type: "string", enum: ["new", "done"] },
          size: { type: "number" },
          at: { anyOf: [{ type: "string" }, { type: "null" }] },
          by: {
            anyOf: [
              { type: "object", required: ["kind"], properties: { kind: { type: "string", const: "user" } } },
              { type: "object", required: ["kind"], properties: { kind: { type: "string", const: "token" } } },
            ],
          },
        },
      },
      Make: {
        type: "object",
        additionalProperties: false,
        required: ["name"],
        properties: {
          name: { type: "string", maxLength: 20 },
          mode: { type: "string", enum: ["fast", "slow"] },
          note: { anyOf: [{ type: "string" }, { type: "null" }] },
        },
      },
    },
  },
});
/** Undefined takes away what is there. */
type Edit = readonly [at: string, value: unknown];
const THING = "components schemas Thing";
const MAKE = "components schemas Make";
const GET = "paths /things get";
const POST = "paths /things post";

/** What the document says against itself with one place of it changed, two where a thing stands in two. */
function breachesOf(...edits: readonly Edit[]): string[] {
  const made = document();
  for (const [at, value] of edits) {
    const path = at.split(" ");
    const last = path.pop() ?? "";
    const holder = path.reduce<Record<string, unknown>>((inner, key) => inner[key] as never, made as never);
    if (value === undefined) delete holder[last];
    else holder[last] = value;
  }
  return apiBreaches(document(), made);
}

const kind = (value: string) => ({
  type: "object",
  required: ["kind"],
  properties: { kind: { type: "string", const: value } },
});
const sent = (schema: object) => ({ required: true, content: { "application/json": { schema } } });

describe("a breach", () => {
  it.each<[string, string, ...Edit[]]>([
    ["an operation that is gone", "POST /things: is gone", [POST, undefined]],
    ["a status that is gone", "GET /things 404: is gone", [`${GET} responses 404`, undefined]],
    ["another status of success", "POST /things 204: is gone", [`${POST} responses`, { "200": {} }]],
    ["a field that is gone", "GET /things 200.items[].id: is gone", [`${THING} properties id`, undefined]],
    ["an optional field that is gone", "GET /things 200.items[].at: is gone", [`${THING} properties at`, undefined]],
    [
      "a field that may be missing",
      "GET /things 200.items[].size: may be missing",
      [`${THING} required`, ["id", "state"]],
    ],
    [
      "a field that may be null",
      "GET /things 200.items[].id: may be null",
      [`${THING} properties id`, { type: ["string", "null"] }],
    ],
    ["another type", "GET /things 200.items[].size: may be string", [`${THING} properties size`, { type: "string" }]],
    [
      "a value that comes no more",
      'GET /things 200.items[].state: "done" is gone',
      [`${THING} properties state enum`, ["new"]],
    ],
    [
      "a kind that comes no more",
      'GET /things 200.items[].by: [["kind","token"]] is gone',
      [`${THING} properties by anyOf`, [kind("user"), kind("agent")]],
    ],
    [
      "a new field that must be sent",
      "POST /things body.size: is required",
      [`${MAKE} properties size`, { type: "string" }],
      [`${MAKE} required`, ["name", "size"]],
    ],
    ["a field that must be sent now", "POST /things body.mode: is required", [`${MAKE} required`, ["name", "mode"]]],
    ["a field that is refused", "POST /things body.note: is gone", [`${MAKE} properties note`, undefined]],
    ["a value that is refused", 'POST /things body.mode: "slow" is gone', [`${MAKE} properties mode enum`, ["fast"]]],
    [
      "a list of values for free text",
      "POST /things body.name: any value is gone",
      [`${MAKE} properties name enum`, ["x"]],
    ],
    [
      "a type that is refused",
      "POST /things body.note: takes no null",
      [`${MAKE} properties note`, { type: "string" }],
    ],
    ["a shorter text", "POST /things body.name: maxLength is stricter", [`${MAKE} properties name maxLength`, 10]],
    ["a new pattern", "POST /things body.name: pattern is stricter", [`${MAKE} properties name pattern`, "^a"]],
    ["a parameter of another name", "GET /things ?limit: is gone", [`${GET} parameters 1 name`, "max"]],
    [
      "a parameter that must be sent",
      "GET /things ?from: is required",
      [`${GET} parameters 2`, { name: "from", in: "query", required: true, schema: {} }],
    ],
    ["a parameter that must be sent now", "GET /things ?kind: is required", [`${GET} parameters 0 required`, true]],
    ["a smaller limit", "GET /things ?limit: maximum is stricter", [`${GET} parameters 1 schema maximum`, 50]],
    ["a body that must be sent", "GET /things body: is required", [`${GET} requestBody`, sent({})]],
  ])("is %s", (_name, breach, ...edits) => {
    expect(breachesOf(...edits)).toEqual([breach]);
  });

  it.each<[string, ...Edit[]]>([
    ["the same document"],
    ["a door that was opened to everybody", [`${GET} responses 403`, undefined]],
    ["a new operation", ["paths /more", { get: { responses: { "200": {} } } }]],
    ["a new field of an answer", [`${THING} properties more`, { type: "string" }]],
    ["a new value in an answer", [`${THING} properties state enum`, ["new", "done", "late"]]],
    ["a field that is always there now", [`${THING} required`, ["id", "state", "size", "at"]]],
    ["an answer that is more exact", [`${THING} properties size type`, "integer"]],
    ["an answer that is never null", [`${THING} properties at`, { type: "string" }]],
    ["a new field that may be sent", [`${MAKE} properties more`, { type: "string" }]],
    ["a new value that may be sent", [`${MAKE} properties mode enum`, ["fast", "slow", "now"]]],
    ["a field that need not be sent", [`${MAKE} required`, []]],
    ["a longer text", [`${MAKE} properties name maxLength`, 40]],
  ])("is not %s", (_name, ...edits) => {
    expect(breachesOf(...edits)).toEqual([]);
  });
});
