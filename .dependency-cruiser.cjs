const { readdirSync, readFileSync } = require("node:fs");
const { builtinModules } = require("node:module");
const { join } = require("node:path");

/** Domains by tier, as their manifests say: a domain may import the tiers below its own, never its own or a higher one. */
const TIERS = tiersOf("server/domains");

/** The manifests are read as text, since this file runs without a compiler; one that does not say its tier is an error. */
function tiersOf(folder) {
  const found = [];
  for (const { name: domain } of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const tier = /^ {2}tier: (\d+),$/m.exec(readFileSync(join(folder, domain, "domain.ts"), "utf8"))?.[1];
    if (tier === undefined) throw new Error(`${folder}/${domain}/domain.ts does not say its tier.`);
    found[Number(tier)] = [...(found[Number(tier)] ?? []), domain];
  }
  return Array.from(found, (domains) => domains ?? []);
}

const SOURCE = "^(agent/|app|components|db|inngest|lib|server|tools|env\\.ts|proxy\\.ts|instrumentation\\.ts)";
const TEST = "\\.test\\.tsx?$";
const TRANSPORTS = "^(app/|inngest/(?!engine/)|server/(trpc|http|auth)/|proxy\\.ts)";
const SURFACE = "^server/domains/([^/]+/(index|surface|domain|schemas|constants|states|[^/]+/schemas)|domains)\\.ts$";
/** What of the server a browser may load: data and rules without I/O. */
const BROWSER_SAFE =
  "^server/(domains/[^/]+/(domain|schemas|constants|states|standing|[^/]+/schemas)\\.ts$|kernel/(attention|domain|error-table|ids|navigation|roles|scopes|states|text)\\.ts$)|^db/states/";
const packages = (names) => `(^|node_modules/)(${names})(/|$)`;
const EVERY_PACKAGE = "node_modules/";
/** The graph names Node's own modules without their `node:`. */
const EVERY_BUILTIN = `^(node:)?(${builtinModules.join("|")})$`;

/** Files under `app` that say "use client": a path cannot tell, so they are read. */
function clientFilesOf(folder) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...clientFilesOf(path));
    else if (
      /\.tsx?$/.test(entry.name) &&
      /^\s*(\/\*[\s\S]*?\*\/\s*|\/\/.*\n\s*)*["']use client["']/.test(readFileSync(join(path), "utf8"))
    )
      found.push(`^${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
  }
  return found;
}

const forbid = (name, from, to, comment) => ({
  name,
  severity: "error",
  comment,
  from: typeof from === "string" || Array.isArray(from) ? { path: from, pathNot: TEST } : from,
  to: typeof to === "string" || Array.isArray(to) ? { path: to } : to,
});

const layers = [
  forbid(
    "db-imports-nothing-above",
    "^db/",
    `${SOURCE.replace("db|", "")}`,
    "Tables and the client stand alone; the URL is passed in.",
  ),
  forbid(
    "kernel-imports-only-db",
    "^server/kernel/",
    { path: SOURCE, pathNot: "^(server/kernel|db|lib/names)/" },
    "The kernel is what all else stands on: it knows rows, zod and the one rule for names, and nothing that is built on it.",
  ),
  forbid(
    "ports-import-only-kernel",
    "^server/ports/",
    { path: SOURCE, pathNot: "^(server/(ports|kernel)|lib/(?!os/))" },
    "A port speaks our words: it knows neither tables nor the domains that use it.",
  ),
  forbid(
    "ports-know-no-sdk",
    "^server/ports/",
    { path: EVERY_PACKAGE, pathNot: packages("zod") },
    "A vendor's types end at the adapter.",
  ),
  forbid(
    "adapters-implement-ports",
    "^server/adapters/([^/]+)/",
    { path: SOURCE, pathNot: "^(server/(ports|kernel|adapters/$1)|lib)/|^inngest/engine/operator\\.ts$" },
    "An adapter turns one system into one port; rows, decisions and other adapters are not its business. The embedded engine is one such system.",
  ),
  forbid(
    "adapters-only-from-runtime",
    { path: SOURCE, pathNot: `^server/(runtime|adapters)/|${TEST}` },
    "^server/adapters/",
    "The composition root alone picks adapters; everyone else sees ports.",
  ),
  forbid(
    "domains-know-no-transport",
    "^server/domains/",
    `^(server/(adapters|trpc|http|auth|runtime|processes|read-models)|inngest|app|components)/|${packages("@trpc|inngest|next|next-auth|react|react-dom")}`,
    "A verb does not know who calls it.",
  ),
  forbid(
    "domain-by-index-only",
    { path: "^server/domains/([^/]+)/", pathNot: [TEST, "/(schemas|constants|states|standing)\\.ts$"] },
    {
      path: "^server/domains/([^/]+)/",
      pathNot: ["^server/domains/$1/", "^server/domains/[^/]+/(index|domain)\\.ts$"],
    },
    "Another domain is its index and its manifest; what is behind them may change without notice.",
  ),
  forbid(
    "domain-schemas-stay-browser-safe",
    { path: "^server/domains/([^/]+)/(domain|schemas|constants|states|standing|[^/]+/schemas)\\.ts$" },
    {
      path: `^server/|^db/|${EVERY_PACKAGE}|${EVERY_BUILTIN}`,
      pathNot: [BROWSER_SAFE, packages("zod"), "^server/kernel/pagination\\.ts$"],
      dependencyTypesNot: ["type-only"],
    },
    "Forms, tables and acts in the browser load these files.",
  ),
  forbid(
    "repository-own-tables",
    { path: "^server/domains/", pathNot: [TEST, "/(repository|machines?)\\.ts$"] },
    `^db/schema/|${packages("drizzle-orm|postgres")}`,
    "All SQL of a domain is in its repository; its machines name the columns that hold states.",
  ),
  forbid(
    "table-owned-by-its-domain",
    { path: "^server/domains/([^/]+)/", pathNot: TEST },
    { path: "^db/schema/", pathNot: "^db/schema/($1|columns)\\.ts$" },
    "A table has one owner; others ask its verbs, and screens that join use server/read-models.",
  ),
  forbid(
    "outside-uses-surface",
    {
      path: "^(app|components|inngest|lib|tools|server/(trpc|http|auth|runtime|processes|read-models))/|^proxy\\.ts",
      pathNot: TEST,
    },
    { path: "^server/domains/[^/]+/", pathNot: SURFACE },
    "From outside, a domain is its index, manifest, surface, schemas, constants and states.",
  ),
  forbid(
    "transports-write-no-sql",
    TRANSPORTS,
    `^db/schema/|${packages("drizzle-orm|postgres")}`,
    "A transport calls verbs; a statement there would be without scope, tenancy and audit.",
  ),
  forbid(
    "engine-stands-alone",
    "^inngest/engine/",
    { path: SOURCE, pathNot: "^(inngest/engine|server/kernel)/" },
    "The engine can be replaced by a real Inngest server, so the product may not lean on it, nor it on the product.",
  ),
  forbid(
    "engine-by-its-surface",
    { path: SOURCE, pathNot: `^inngest/engine/|${TEST}` },
    { path: "^inngest/engine/", pathNot: "^inngest/engine/(index|operator|signing)\\.ts$" },
    "The engine is its surfaces: one to run it, one to look at it, and how its calls are signed.",
  ),
  forbid(
    "client-imports-no-server",
    { path: ["^components/", ...clientFilesOf("app")], pathNot: TEST },
    { path: "^(server|db|inngest|lib/os|env\\.ts)", pathNot: BROWSER_SAFE, dependencyTypesNot: ["type-only"] },
    "What a browser loads may know shapes and limits, and nothing else of the server.",
  ),
  forbid(
    "agent-stands-alone",
    "^agent/",
    { path: `${SOURCE}|${EVERY_PACKAGE}`, pathNot: ["^agent/", "^lib/contracts/agent/", "^lib/os/", packages("zod")] },
    "A program for machines of other people: it knows the protocol and nothing of the product.",
  ),
  forbid(
    "agent-is-a-program",
    { path: SOURCE, pathNot: `^agent/|${TEST}` },
    "^agent/",
    "The product knows agents by their protocol alone.",
  ),
  forbid(
    "lib-is-isomorphic",
    "^lib/(?!os/)",
    `^(app|components|db|inngest|server|tools|env\\.ts)|^lib/os/|${EVERY_BUILTIN}`,
    "Loaded by browsers, servers and plain scripts alike.",
  ),
  forbid(
    "os-helpers-stand-alone",
    "^lib/os/",
    { path: `${SOURCE}|${EVERY_PACKAGE}`, pathNot: "^lib/os/" },
    "Files, locks and processes of this machine, in plain Node: the launcher loads them before anything is installed.",
  ),
  forbid(
    "auth-library-is-wrapped",
    { path: SOURCE, pathNot: `^server/auth/|${TEST}` },
    packages("next-auth|@auth"),
    "A beta that one folder knows can be exchanged in one folder.",
  ),
  forbid(
    "env-is-read-at-the-root",
    {
      path: SOURCE,
      pathNot: `^server/(runtime|processes)/|^inngest/(client|app-origin)\\.ts$|^(env|proxy|instrumentation)\\.ts$|${TEST}`,
    },
    "^env\\.ts$",
    "Settings are values that the composition root passes down.",
  ),
  forbid(
    "tests-only-from-tests",
    { path: SOURCE, pathNot: TEST },
    `^tests/|${TEST}`,
    "A double in the product is a lie in the product.",
  ),
];

const tiers = TIERS.flatMap((domains, tier) =>
  domains.map((domain) => ({
    name: `domain-tier-${domain}`,
    severity: "error",
    comment: `Tier ${tier}: may import ${TIERS.slice(0, tier).flat().join(", ") || "no other domain"}. Upward only by event, sideways only by read model.`,
    from: { path: `^server/domains/${domain}/`, pathNot: TEST },
    to: {
      path: "^server/domains/",
      pathNot: `^server/domains/(${[domain, ...TIERS.slice(0, tier).flat()].join("|")})/`,
    },
  })),
);

const hygiene = [
  {
    name: "no-cycles",
    severity: "error",
    comment: "Two modules that need each other are one, or need a third.",
    from: {},
    to: { circular: true },
  },
  {
    name: "no-unresolvable",
    severity: "error",
    comment: "An import that leads nowhere breaks at run time.",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "product-uses-no-dev-dependency",
    severity: "error",
    comment: "Production is installed without them.",
    from: { path: "^(app|components|db|inngest|lib|server|env\\.ts|proxy\\.ts)", pathNot: TEST },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
  },
];

module.exports = {
  forbidden: [...layers, ...tiers, ...hygiene],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.data|dist|coverage)/|^tests/.*/\\.next/|(^|/)next-env\\.d\\.ts$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};
