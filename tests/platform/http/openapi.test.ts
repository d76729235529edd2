import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenApiDocument, OpenApiOperation } from "@/server/http/openapi/build";
import { ROUTES } from "@/server/http/route-table";
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

describe("the OpenAPI document", () => {
  it("has every route of the table and no other", () => {
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual(ROUTES.map((route) => `${route.method} ${route.path}`).sort());
  });

  it("is what the last reviewed one was", async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot("openapi.json.golden");
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
      const body = operation.requestBody?.content["application/json"]?.schema;
      if (body) expect([name, body.additionalProperties]).toEqual([name, false]);
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
