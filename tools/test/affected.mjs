import { domainOf } from "./products.mjs";

/** The suites in which a domain's own folders of tests lie. A contract tests adapters, which know no domain. */
const DOMAIN_SUITES = ["integration", "real", "http", "e2e"];
/** What walks over every domain's verbs, routes and functions. */
const PLATFORM_SUITES = ["integration", "http"];

/** What files outside the domains can break, the first that fits; what fits nowhere can break everything. */
const RULES = [
  [/\.md$|^docs\/|^tests\/meta\/|^tools\/(?:verify|docs)\/|^(?:knip|biome)\.json$/, []],
  [/^(?:eslint\.config\.mjs|\.dependency-cruiser\.cjs|drizzle\.config\.ts|\.gitignore|LICENSE)$/, []],
  [/^(?:tests\/generator|tools\/new-domain)\//, ["generator"]],
  [/^tests\/launcher\//, ["launcher"]],
  [/^tools\/test\//, ["generator", "launcher"]],
  [/\.test\.tsx?$/, []],
  [/^tools\/(?:start|build|admin)\//, ["build", "launcher", "e2e"]],
  [/^devnet\//, ["devnet", "contract", "real", "e2e", "launcher"]],
  [/^(?:components|public)\/|^app\/(?!api\/|metrics\/)/, ["build", "e2e", "http:platform", "generator"]],
  // The one central list says which domains there are; what they do is in their folders.
  [/^server\/domains\/domains\.ts$/, ["build", "integration:platform", "http:platform"]],
];
const SUITE_TEST = /^tests\/([^/]+)\/(integration|http|contract|e2e)\//;
const MIGRATION = /^db\/migrations\//;
const SCHEMA = /^db\/(?:schema|states)\/([^/.]+)\.ts$/;
const FACTORY = /^tests\/support\/factories\/([^/.]+)\.ts$/;

const everything = (reason) => ({ isEverything: true, reason });

/**
 * What a change of these files can break: everything, with the file that says so, or the suites by name, each with the products whose tests run,
 * or `"all"`. `importersOf` names the domains that stand on one; `isFactoryShared` says whether others' tests stand on a domain's factory.
 */
export function affectedBy(paths, { domains, importersOf, isFactoryShared }) {
  const suites = new Map();
  const add = (suite, product) => {
    if (product === undefined || suites.get(suite) === "all") suites.set(suite, "all");
    else suites.set(suite, (suites.get(suite) ?? new Set()).add(product));
  };
  const addDomain = (domain) => {
    for (const product of [domain, ...importersOf(domain).filter((above) => domains.includes(above))])
      for (const suite of DOMAIN_SUITES) add(suite, product);
    for (const suite of PLATFORM_SUITES) add(suite, "platform");
    add("build");
  };
  const hasSchema = paths.some((path) => domains.includes(SCHEMA.exec(path)?.[1] ?? ""));
  for (const path of paths) {
    const [, product, kind] = SUITE_TEST.exec(path) ?? [];
    if (product !== undefined) {
      add(kind === "integration" && path.endsWith(".real.test.ts") ? "real" : kind, product);
      continue;
    }
    // A migration follows from the tables that changed with it; one that comes alone was written by hand.
    if (MIGRATION.test(path) && hasSchema) continue;
    const [, factory] = FACTORY.exec(path) ?? [];
    if (domains.includes(factory) && !isFactoryShared(factory)) {
      addDomain(factory);
      continue;
    }
    const outside = RULES.find(([pattern]) => pattern.test(path));
    const domain = domainOf(path, domains);
    if (domain !== undefined && !(outside && outside[1].length === 0)) addDomain(domain);
    else if (outside) for (const suite of outside[1]) add(...suite.split(":"));
    else return everything(path);
  }
  return { isEverything: false, suites };
}
