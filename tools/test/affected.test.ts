import { describe, expect, it } from "vitest";
import { affectedBy } from "./affected.mjs";
import { importersOf, isFactoryShared, listDomains } from "./domains.mjs";

/** Domains as they stood when this was written, one that comes later, and a tier without a folder. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  identity: ["chain", "operations", "regions", "validators"],
  chain: ["validators"],
  regions: ["validators"],
  validators: ["failover"],
};
const tree = {
  domains: ["identity", "chain", "operations", "regions", "validators", "demo"],
  importersOf: (domain: string) => ABOVE[domain] ?? [],
  isFactoryShared: (domain: string) => domain === "validators",
};

/** Each suite with its products, as text. */
function brokenBy(...paths: readonly string[]) {
  const affected = affectedBy(paths, tree);
  if (affected.isEverything) return affected.reason;
  return Object.fromEntries(
    [...affected.suites].map(([suite, products]) => [
      suite,
      typeof products === "string" ? products : [...products].sort().join(" "),
    ]),
  );
}

const DOMAIN = (products: string) => ({
  integration: [...products.split(" "), "platform"].sort().join(" "),
  http: [...products.split(" "), "platform"].sort().join(" "),
  real: products,
  e2e: products,
  build: "all",
});

describe("what a change can break", () => {
  it("is what a domain holds and the tiers above it", () => {
    expect(brokenBy("server/domains/validators/states.ts")).toEqual(DOMAIN("validators"));
    expect(brokenBy("server/domains/chain/index.ts")).toEqual(DOMAIN("chain validators"));
    expect(brokenBy("db/schema/regions.ts")).toEqual(DOMAIN("regions validators"));
    expect(brokenBy("server/domains/identity/index.ts")).toEqual(
      DOMAIN("chain identity operations regions validators"),
    );
  });

  it.each([
    "components/validators/list/row.tsx",
    "app/(portal)/validators/page.tsx",
    "inngest/functions/validators/release-setup.ts",
  ])("is one domain's where a folder has its name: %s", (path) => {
    expect(brokenBy(path)).toEqual(DOMAIN("validators"));
  });

  it.each([
    "server/kernel/verbs.ts",
    "server/http/define-route.ts",
    "server/trpc/root.ts",
    "db/client.ts",
    "db/schema/columns.ts",
    "db/migrations/0020_by_hand.sql",
    "lib/chain/dec.ts",
    "inngest/engine/index.ts",
    "inngest/client.ts",
    "server/ports/node-host.ts",
    "app/api/health/route.ts",
    "tests/support/database.ts",
    "tests/support/factories/validators.ts",
    "tests/support/factories/networks.ts",
    "package.json",
    "a-new-place/file.ts",
  ])("is everything where everything stands on it: %s", (path) => {
    expect(brokenBy("server/domains/validators/states.ts", path)).toBe(path);
  });

  it("is nothing but the gates for words, rules and unit tests", () => {
    expect(
      brokenBy("docs/decisions/0001-a.md", "tests/meta/verbs.test.ts", "lib/chain/dec.test.ts", "knip.json"),
    ).toEqual({});
    expect(brokenBy("server/domains/validators/README.md", "server/domains/validators/states.test.ts")).toEqual({});
  });

  it("is a test's own suite for a test", () => {
    expect(brokenBy("tests/chain/http/faucet.test.ts")).toEqual({ http: "chain" });
    expect(brokenBy("tests/chain/integration/watcher.real.test.ts")).toEqual({ real: "chain" });
    expect(brokenBy("tests/launcher/ports.test.ts")).toEqual({ launcher: "all" });
    expect(brokenBy("tests/generator/new-domain.test.ts")).toEqual({ generator: "all" });
  });

  it("is a new domain and what walks over all of them, for what the generator writes", () => {
    const written = [
      "server/domains/demo/index.ts",
      "server/domains/domains.ts",
      "db/schema/demo.ts",
      "db/migrations/0011_demo.sql",
      "db/migrations/meta/_journal.json",
      "app/o/[organization]/demo/entries/page.tsx",
      "components/demo/entry-list.tsx",
      "tests/demo/integration/isolation.test.ts",
      "tests/support/factories/demo.ts",
    ];
    expect(brokenBy(...written)).toEqual(DOMAIN("demo"));
  });

  it("is what all suites of both say, for two changes", () => {
    expect(brokenBy("tests/chain/http/faucet.test.ts", "tests/identity/http/sign-in.test.ts")).toEqual({
      http: "chain identity",
    });
    expect(brokenBy("tests/validators/e2e/newcomer.spec.ts", "components/ui/button.tsx")).toEqual({
      build: "all",
      e2e: "all",
      http: "platform",
      generator: "all",
    });
  });
});

it("who imports a domain, through others too, can break with it", () => {
  const importers = importersOf(process.cwd());
  expect(importers("identity")).toEqual(expect.arrayContaining(["chain", "validators"]));
  expect(importers("chain")).toContain("validators");
  expect(importers("validators")).not.toContain("chain");
  expect(importers("agents")).toContain("staking"); // by validators
  expect(importers("monitoring")).toEqual([]);
  expect(listDomains(process.cwd())).toEqual(expect.arrayContaining(["chain", "identity", "validators"]));
});

it("a factory is shared when shared support or another product's tests name it", () => {
  const isShared = isFactoryShared(process.cwd());
  expect([isShared("identity"), isShared("validators"), isShared("no-domain")]).toEqual([true, true, false]);
});
