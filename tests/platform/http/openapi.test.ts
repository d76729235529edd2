import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { OpenApiDocument, OpenApiOperation } from "@/server/http/openapi/build";
import { inlined, type Json } from "@/server/http/openapi/component-schemas";
import { ROUTES } from "@/server/http/routes";
import { callApi } from "../../support/http-client";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let document: OpenApiDocument;
beforeAll(async () => {
  runtime = await createTestRuntime();
  document = (await callApi("GET", "/api/v1/openapi.json")).body;
});
afterAll(() => runtime.close());

const operations = (): [string, OpenApiOperation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, OpenApiOperation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
const asJson = (value: unknown): Json => (value !== null && typeof value === "object" ? (value as Json) : {});
const contentOf = (holder: unknown): Json => asJson(asJson(asJson(holder).content)["application/json"]);
const answerOf = (operation: OpenApiOperation): Json =>
  contentOf(Object.entries(operation.responses).find(([status]) => status.startsWith("2"))?.[1]);
const bodyOf = (operation: OpenApiOperation): Json => contentOf(operation.requestBody);
const plain = (schema: unknown): Json => inlined(asJson(schema), document.components.schemas);

/** Every field of the document's schemas by where it stands. */
function fieldsOf(schema: Json, path: string): [path: string, name: string, schema: Json][] {
  const own = Object.entries(asJson(schema.properties)).flatMap(([name, inner]): [string, string, Json][] => [
    [`${path}.${name}`, name, asJson(inner)],
    ...fieldsOf(asJson(inner), `${path}.${name}`),
  ]);
  const within = [...(schema.items ? [schema.items] : []), ...((schema.anyOf as unknown[] | undefined) ?? [])].flatMap(
    (inner) => fieldsOf(asJson(inner), path),
  );
  return [...own, ...within];
}
const allFields = () => [
  ...Object.entries(document.components.schemas).flatMap(([name, schema]) => fieldsOf(schema, name)),
  ...operations().flatMap(([name, { parameters = [] }]) =>
    parameters.map((given): [string, string, Json] => [`${name} ${given.name}`, given.name, given.schema]),
  ),
];

describe("the OpenAPI document", () => {
  it("has every route of the table once, under its documented path, and no other", () => {
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual(
      ROUTES.filter(({ aliasOf }) => aliasOf === null)
        .map((route) => `${route.method} ${route.path}`)
        .sort(),
    );
  });

  it("names a parameter for each placeholder, and says of each route who may call it and what it answers", () => {
    for (const [name, operation] of operations()) {
      const placeholders = [...name.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect([name, inPath.map((parameter) => parameter.name).sort()]).toEqual([name, placeholders.sort()]);
      expect(inPath.every((parameter) => parameter.required)).toBe(true);
      expect(Object.keys(operation.responses).some((status) => status.startsWith("2"))).toBe(true);
      expect(operation.description).toMatch(/At most \d+ requests a minute/);
    }
  });

  it("leaves no schema open that we parse closed", () => {
    for (const [name, operation] of operations()) {
      const { schema } = bodyOf(operation);
      if (schema) expect([name, plain(schema).additionalProperties]).toEqual([name, false]);
    }
  });

  it("names the schema of every body and every answer, so that a generated client has a type for it", () => {
    for (const [name, operation] of operations()) {
      for (const content of [bodyOf(operation), answerOf(operation)]) {
        const schema = asJson(content.schema);
        const isNamed = "$ref" in schema || "$ref" in asJson(schema.items);
        if (content.schema !== undefined) expect([name, isNamed]).toEqual([name, true]);
      }
    }
  });

  it("shows an example of every body, answer and parameter, and each is what its schema takes", () => {
    const wrong = (name: string, schema: unknown, example: unknown): string[] =>
      (z.fromJSONSchema(plain(schema)).safeParse(example).error?.issues ?? []).map(
        ({ path, message }) => `${name} ${path.join(".")}: ${message}`,
      );
    const found = operations().flatMap(([name, operation]) => [
      ...[bodyOf(operation), answerOf(operation)].flatMap((content) =>
        content.schema === undefined ? [] : wrong(name, content.schema, content.example),
      ),
      ...(operation.parameters ?? []).flatMap((one) => wrong(`${name} ${one.name}`, one.schema, one.example)),
    ]);
    expect(found).toEqual([]);
  });

  it("says of each id whose it is, of each amount its unit, of each time and size what it is in", () => {
    const telling =
      /(^id$|Id$|Ids$|BaseUnits$|MinorUnits$|At$|Ms$|Seconds$|Bytes$|Percent$|Gb$|Gbps$|^selfDelegation$|^minSelfDelegation$|^tokens$|^amount$)/;
    const silent = allFields().filter(([, name, schema]) => telling.test(name) && !schema.description);
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it("tells of the refusals of every operation, each with an example", () => {
    for (const [name, operation] of operations()) {
      const refusals = Object.entries(operation.responses).filter(([status]) => !status.startsWith("2"));
      expect([name, refusals.length > 3]).toEqual([name, true]);
      for (const [status, response] of refusals) {
        const told = asJson(asJson(document.components.responses)[String(response.$ref).split("/").at(-1) ?? ""]);
        const { example } = asJson(asJson(told.content)["application/problem+json"]);
        expect([name, status, asJson(example).status]).toEqual([name, status, Number(status)]);
      }
    }
  });

  it("tells also of what refuses a request before it is the operation's, and of others who may not answer", () => {
    const told = (name: string) => Object.keys(operations().find(([known]) => known === name)?.[1].responses ?? {});
    for (const [name] of operations()) {
      expect([name, told(name)]).toEqual([name, expect.arrayContaining(["408", "431", "504"])]);
      const takesBody = /^(POST|PUT|PATCH) /.test(name);
      expect([name, told(name).filter((status) => status === "413" || status === "415")]).toEqual([
        name,
        takesBody ? ["413", "415"] : [],
      ]);
    }
    // A node of the chain may refuse; a wallet may be short of coins; a page elsewhere may not sign anybody out.
    expect(told("GET /api/v1/staking/positions/{address}")).toContain("502");
    expect(told("POST /api/v1/validators/setup-requests")).toEqual(expect.arrayContaining(["402", "502"]));
    expect(told("POST /api/v1/auth/token")).toContain("403");
    expect(told("GET /api/v1/status")).not.toContain("502");
  });

  it("says of each stream that it sends events, and what one is", () => {
    const streams = operations().flatMap(([name, { responses }]) => {
      const content = asJson(asJson(asJson(responses["200"]).content)["text/event-stream"]);
      return content.itemSchema === undefined ? [] : [[name, plain(content.itemSchema), content.schema] as const];
    });
    expect(streams.length).toBeGreaterThan(1);
    for (const [name, event, all] of streams) {
      expect([name, event, all]).toMatchObject([name, { required: ["data"] }, undefined]);
    }
  });

  it("still takes and answers all that the last release's did", () => {
    const last = JSON.parse(readFileSync("tests/platform/http/openapi-baseline.json", "utf8")) as Record<
      string,
      { needs: string[]; answers: string[] }
    >;
    for (const [name, was] of Object.entries(last)) {
      const route = ROUTES.find(({ method, path }) => `${method} ${path}` === name);
      const documented = `${route?.method} ${route?.aliasOf ?? route?.path}`;
      const operation = operations().find(([known]) => known === documented)?.[1];
      expect([name, operation !== undefined]).toEqual([name, true]);
      if (!operation) continue;
      const needs = [
        ...(operation.parameters ?? []).filter(({ required }) => required).map((parameter) => parameter.name),
        ...((plain(bodyOf(operation).schema).required as string[] | undefined) ?? []),
      ];
      expect([name, needs.filter((field) => !was.needs.includes(field))]).toEqual([name, []]);
      const answer = plain(answerOf(operation).schema);
      const item = asJson(asJson(asJson(answer.properties).items).items);
      const answers = (item.required ?? asJson(answer.items).required ?? answer.required ?? []) as string[];
      expect([name, was.answers.filter((field) => !answers.includes(field))]).toEqual([name, []]);
    }
  });

  it("refers only to what it holds", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) {
      const target = reference
        .split("/")
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
      expect([reference, target !== undefined]).toEqual([reference, true]);
    }
  });
});
