import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import ApiPage from "@/app/docs/api/page";
import { ROUTES } from "@/server/http/routes";
import { ERROR_KINDS } from "@/server/kernel/error-table";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
let html: string;
beforeAll(async () => {
  runtime = await createTestRuntime();
  html = renderToStaticMarkup(await ApiPage());
});
afterAll(() => runtime.close());

describe("/docs/api", () => {
  it.each(ROUTES.filter(({ aliasOf }) => aliasOf === null).map((route) => [route.operationId, route] as const))(
    "shows %s with its fields",
    (operationId, route) => {
      const begin = html.indexOf(`id="${operationId}"`);
      expect(begin).toBeGreaterThan(0);
      const part = html.slice(begin, html.indexOf('class="scroll-mt-4"', begin + 50) + 1 || undefined);
      expect(part).toContain(route.path);
      for (const field of Object.keys(route.input.shape)) expect(part).toContain(field);
    },
  );

  it("has a place for every kind of error, to which refusals point, and loads no script of anybody else", () => {
    for (const kind of ERROR_KINDS) expect(html).toContain(`id="error-${kind}"`);
    const foreign = [...html.matchAll(/(?:src|href)="(?!\/|#)([^"]*)"|<script/g)].map((match) => match[0]);
    expect(foreign).toEqual([]);
  });
});
