import { createElement, type ReactElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import ApiTagPage from "@/app/docs/api/[tag]/page";
import { readApi } from "@/app/docs/api/api-document";
import ApiPage from "@/app/docs/api/page";
import { DocsFrame } from "@/app/docs/docs-frame";
import { GUIDES } from "@/app/docs/guides";
import { searchDocs } from "@/app/docs/search/search-docs";
import { ToastProvider } from "@/components/ui/toast";
import { ROUTES } from "@/server/http/routes";
import { ERROR_KINDS } from "@/server/kernel/error-table";
import { createTestRuntime, type TestRuntime } from "../../support/test-runtime";

/** No page of the reference is a book: what one heading has must stay readable, and cheap to send. */
const MAX_PAGE_BYTES = 400_000;

let runtime: TestRuntime;
let overview: string;
const pages = new Map<string, string>();

/** What a page puts into its frame; the frame itself is asked for its data apart, since this renderer waits for nothing. */
const contentOf = (page: ReactElement<{ children: ReactNode }>) => renderToStaticMarkup(page.props.children);

beforeAll(async () => {
  runtime = await createTestRuntime();
  overview = contentOf(await ApiPage());
  for (const { slug } of (await readApi()).groups) {
    pages.set(slug, contentOf(await ApiTagPage({ params: Promise.resolve({ tag: slug }) })));
  }
});
afterAll(() => runtime.close());

const documented = ROUTES.filter(({ aliasOf }) => aliasOf === null);

describe("/docs/api", () => {
  it("names every route and leads to the page that has it", () => {
    for (const { operationId, path } of documented) {
      expect(overview).toMatch(new RegExp(`href="/docs/api/[a-z0-9-]+#${operationId}"`));
      expect(overview).toContain(path);
    }
  });

  it.each(documented.map((route) => [route.operationId, route] as const))(
    "shows %s with its fields on the page of its heading",
    (operationId, route) => {
      const html = [...pages.values()].find((page) => page.includes(`id="${operationId}"`)) ?? "";
      const begin = html.indexOf(`id="${operationId}"`);
      expect(begin).toBeGreaterThan(0);
      const part = html.slice(begin, html.indexOf('class="scroll-mt-4"', begin + 50) + 1 || undefined);
      expect(part).toContain(route.path);
      for (const field of Object.keys(route.input.shape)) expect(part).toContain(field);
      if (route.output !== null && !route.sends) expect(part).toContain("Example: answer");
    },
  );

  it("has a place for every kind of error, to which refusals point, and loads no script of anybody else", () => {
    for (const kind of ERROR_KINDS) expect(overview).toContain(`id="error-${kind}"`);
    const foreign = [...overview.matchAll(/(?:src|href)="(?!\/|#)([^"]*)"|<script/g)].map((match) => match[0]);
    expect(foreign).toEqual([]);
  });

  it("is many small pages", () => {
    expect(pages.size).toBeGreaterThan(3);
    for (const [slug, html] of [...pages, ["overview", overview] as const]) {
      expect([slug, Buffer.byteLength(html) < MAX_PAGE_BYTES]).toEqual([slug, true]);
    }
  });
});

describe("the frame of the documentation", () => {
  it("leads to every guide and every heading, and searches without a script", async () => {
    const html = renderToStaticMarkup(
      createElement(ToastProvider, null, await DocsFrame({ current: "/docs", children: null })),
    );
    for (const { slug } of GUIDES) expect(html).toContain(`href="/docs/${slug}"`);
    for (const slug of pages.keys()) expect(html).toContain(`href="/docs/api/${slug}"`);
    expect(html).toContain('action="/docs/search"');
  });
});

describe("the search over guides and API", () => {
  it("finds a guide by its words and a route by its fields, titles first", async () => {
    const { groups } = await readApi();
    const hrefs = (words: string) => searchDocs(GUIDES, groups, words).map(({ href }) => href);
    expect(hrefs("signing twice")[0]).toMatch(/^\/docs\/security#/);
    expect(hrefs("setup-requests stake").some((href) => href.endsWith("#changeStake"))).toBe(true);
    expect(hrefs("faucet").length).toBeGreaterThan(0);
    expect(hrefs("zzzzqq")).toEqual([]);
    expect(hrefs("  ")).toEqual([]);
  });
});
