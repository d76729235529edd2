import { createRequire } from "node:module";

/** A tree in miniature: each path with its text. */
export type Tree = Readonly<Record<string, string>>;

const config = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as {
  forbidden: readonly { name: string; comment: string }[];
};

/** The product's domains by tier, as the gate read them from the manifests. */
const REAL: readonly (readonly string[])[] = config.forbidden.reduce<string[][]>((tiers, { name, comment }) => {
  const domain = /^domain-tier-(.+)$/.exec(name)?.[1];
  const tier = Number(/^Tier (\d+):/.exec(comment)?.[1]);
  if (domain !== undefined) tiers[tier] = [...(tiers[tier] ?? []), domain];
  return tiers;
}, []);

/** A domain above all others, so that the highest of the product has something which it may not import. */
const ON_TOP = "newcomer";

/** Every tier in miniature. */
const DOMAINS: readonly (readonly string[])[] = [...Array.from(REAL, (tier) => tier ?? []), [ON_TOP]];

const surface = (domain: string, tier: number): Tree => ({
  [`server/domains/${domain}/domain.ts`]: `import { defineDomain } from "@/server/kernel/domain";\nexport const ${domain}Domain = defineDomain({\n  name: "${domain}",\n  tier: ${tier},\n});\n`,
  [`server/domains/${domain}/surface.ts`]: `import { ${domain}Domain } from "./domain";\nimport { verbOf } from "./index";\nexport const ${domain} = [${domain}Domain, verbOf];\n`,
  [`server/domains/${domain}/index.ts`]: `export { verbOf } from "./verb-of";\n`,
  [`server/domains/${domain}/schemas.ts`]: `import { z } from "zod";\nimport { LIMIT } from "./constants";\nexport const Input = z.object({ limit: z.number().max(LIMIT) });\n`,
  [`server/domains/${domain}/constants.ts`]: "export const LIMIT = 10;\n",
  [`server/domains/${domain}/verb-of.ts`]: `import { id } from "@/server/kernel/ids";\nimport { find } from "./repository";\nexport const verbOf = () => [id, find];\n`,
  [`server/domains/${domain}/repository.ts`]: `import { eq } from "drizzle-orm";\nimport { rows } from "@/db/schema/${domain}";\nexport const find = [eq, rows];\n`,
  [`db/schema/${domain}.ts`]: `import { pgTable } from "drizzle-orm/pg-core";\nexport const rows = pgTable("rows", {});\n`,
});

/** Imports that the rules allow, so that a rule which refuses everything does not pass for one that works. */
export const LEGAL: Tree = {
  ...Object.assign({}, ...DOMAINS.flatMap((domains, tier) => domains.map((domain) => surface(domain, tier)))),
  "server/domains/domains.ts": `import { validators } from "./validators/surface";\nexport const domains = [validators];\n`,
  "server/kernel/domain.ts": "export const defineDomain = <T>(facts: T) => facts;\n",
  "env.ts": "export const env = { port: 1 };\n",
  "db/client.ts": "export type Database = { rows: number };\n",
  "db/schema/columns.ts": "export const id = 1;\n",
  "lib/contracts/agent/wire.ts": `import { z } from "zod";\nexport const Wire = z.string();\n`,
  "agent/core/beat.ts": `import { z } from "zod";\nimport { Wire } from "@/lib/contracts/agent/wire";\nimport { clockFile } from "@/lib/os/clock-file";\nexport const beat = [z, Wire, clockFile];\n`,
  "lib/pure.ts": "export const pure = 1;\n",
  "lib/os/clock-file.ts": `import { readFileSync } from "node:fs";\nexport const clockFile = readFileSync;\n`,
  "lib/circle.ts": "export const circle = 1;\n",
  "lib/half-circle.ts": `import { circle } from "./circle";\nexport const half = circle;\n`,
  "server/kernel/ids.ts": `import type { Database } from "@/db/client";\nexport const id = (db: Database) => db;\n`,
  "server/kernel/error-table.ts": "export const ERROR_TABLE = {};\n",
  "server/ports/clock.ts": `import { z } from "zod";\nimport type { id } from "../kernel/ids";\nexport type Clock = { id: typeof id; at: z.ZodDate };\n`,
  "server/adapters/wall/wall-clock.ts": `import Docker from "dockerode";\nimport type { Clock } from "../../ports/clock";\nexport type Wall = Clock;\nexport const docker = Docker;\n`,
  "server/adapters/atom/atom-clock.ts": `import { clockFile } from "@/lib/os/clock-file";\nexport const atom = clockFile;\n`,
  "server/domains/newcomer/call-lower.ts": `import { verbOf } from "@/server/domains/validators";\nimport type { Clock } from "@/server/ports/clock";\nexport const call = (clock: Clock) => [clock, verbOf];\n`,
  "server/runtime/runtime.ts": `import { env } from "@/env";\nimport { docker } from "@/server/adapters/wall/wall-clock";\nexport const runtime = [env, docker];\n`,
  "server/auth/config.ts": `import NextAuth from "next-auth";\nexport const auth = NextAuth;\n`,
  "server/trpc/root.ts": `import { verbOf } from "@/server/domains/validators";\nimport { runtime } from "@/server/runtime/runtime";\nexport type Root = string;\nexport const root = [runtime, verbOf];\n`,
  "inngest/engine/run.ts": `import postgres from "postgres";\nimport { id } from "@/server/kernel/ids";\nexport const run = [postgres, id];\n`,
  "inngest/engine/index.ts": `export { run } from "./run";\n`,
  "inngest/engine/operator.ts": `export { run } from "./run";\n`,
  "server/processes/engine.ts": `import { run } from "@/inngest/engine";\nexport const engine = run;\n`,
  "server/adapters/job-engine/embedded-job-runs.ts": `import { run } from "@/inngest/engine/operator";\nexport const embedded = run;\n`,
  "inngest/functions/index.ts": `import { verbOf } from "@/server/domains/validators";\nexport const functions = [verbOf];\n`,
  "components/table.tsx": `import { LIMIT } from "@/server/domains/validators/constants";\nimport { Input } from "@/server/domains/validators/schemas";\nimport { ERROR_TABLE } from "@/server/kernel/error-table";\nimport type { Root } from "@/server/trpc/root";\nexport const table = (root: Root) => [root, LIMIT, Input, ERROR_TABLE];\n`,
  "app/page.tsx": `import { root } from "@/server/trpc/root";\nimport { panel } from "./panel";\nexport default [root, panel];\n`,
  "app/panel.tsx": `"use client";\nimport { table } from "@/components/table";\nexport const panel = table;\n`,
  "tests/support/double.ts": `import { id } from "@/server/kernel/ids";\nexport const double = id;\n`,
  "tests/integration/it.test.ts": `import { find } from "@/server/domains/validators/repository";\nimport { double } from "@/tests/support/double";\nexport const it = [find, double];\n`,
};

/** One broken rule: the file that breaks it and the import that does. */
export type Plant = { readonly rule: string; readonly path: string; readonly text: string };

const plant = (rule: string, path: string, specifier: string, before = ""): Plant => ({
  rule,
  path,
  text: `${before}import * as planted from "${specifier}";\nexport const use = planted;\n`,
});

/** For each domain, an import of a domain of its own tier or above. */
const tierPlants = REAL.flatMap((domains, tier) =>
  domains.map((domain) => {
    const forbidden =
      DOMAINS.slice(tier)
        .flat()
        .find((other) => other !== domain) ?? ON_TOP;
    return plant(`domain-tier-${domain}`, `server/domains/${domain}/planted-tier.ts`, `@/server/domains/${forbidden}`);
  }),
);

/** At least one violation of every rule; the gate must name that rule, for that file, and no other. */
export const PLANTS: readonly Plant[] = [
  plant("db-imports-nothing-above", "db/planted.ts", "@/server/kernel/ids"),
  plant("db-imports-nothing-above", "db/planted-lib.ts", "@/lib/pure"),
  plant("kernel-imports-only-db", "server/kernel/planted.ts", "@/server/ports/clock"),
  plant("kernel-imports-only-db", "server/kernel/planted-domain.ts", "@/server/domains/identity"),
  plant("ports-import-only-kernel", "server/ports/planted.ts", "@/db/client"),
  plant("ports-know-no-sdk", "server/ports/planted-sdk.ts", "dockerode"),
  plant("adapters-implement-ports", "server/adapters/wall/planted.ts", "@/db/client"),
  plant("adapters-implement-ports", "server/adapters/wall/planted-other.ts", "@/server/adapters/atom/atom-clock"),
  plant("adapters-only-from-runtime", "inngest/functions/planted-adapter.ts", "@/server/adapters/wall/wall-clock"),
  plant("domains-know-no-transport", "server/domains/validators/planted.ts", "@/inngest/functions/index"),
  plant("domains-know-no-transport", "server/domains/validators/planted-next.ts", "next/headers"),
  plant("domains-know-no-transport", "server/domains/validators/planted-inngest.ts", "inngest"),
  plant("domains-know-no-transport", "server/domains/validators/planted-trpc.ts", "@trpc/server"),
  plant("domain-by-index-only", "server/domains/validators/planted-inside.ts", "@/server/domains/chain/verb-of"),
  plant("domain-schemas-stay-browser-safe", "server/domains/validators/schemas.ts", "./verb-of"),
  plant("domain-schemas-stay-browser-safe", "server/domains/chain/constants.ts", "node:crypto"),
  plant("domain-schemas-stay-browser-safe", "server/domains/chain/blocks/schemas.ts", "node:crypto"),
  plant("repository-own-tables", "server/domains/validators/planted-table.ts", "@/db/schema/validators"),
  plant("repository-own-tables", "server/domains/validators/planted-sql.ts", "drizzle-orm"),
  plant("table-owned-by-its-domain", "server/domains/validators/repository.ts", "@/db/schema/chain"),
  plant("outside-uses-surface", "server/trpc/planted.ts", "@/server/domains/validators/verb-of"),
  plant("outside-uses-surface", "app/planted.ts", "@/server/domains/validators/repository"),
  plant("transports-write-no-sql", "server/trpc/planted-sql.ts", "drizzle-orm"),
  plant("transports-write-no-sql", "inngest/functions/planted-sql.ts", "postgres"),
  plant("transports-write-no-sql", "app/api/planted-table.ts", "@/db/schema/validators"),
  plant("engine-stands-alone", "inngest/engine/planted.ts", "@/server/domains/validators"),
  plant("engine-stands-alone", "inngest/engine/planted-db.ts", "@/db/schema/validators"),
  plant("engine-by-its-surface", "server/processes/planted-engine.ts", "@/inngest/engine/run"),
  plant("adapters-implement-ports", "server/adapters/wall/planted-engine.ts", "@/inngest/engine/index"),
  plant("client-imports-no-server", "components/planted.tsx", "@/server/trpc/root"),
  plant("client-imports-no-server", "app/planted-client.tsx", "@/server/ports/clock", `"use client";\n`),
  plant("agent-stands-alone", "agent/planted.ts", "@/server/kernel/ids"),
  plant("agent-stands-alone", "agent/planted-package.ts", "postgres"),
  plant("agent-is-a-program", "server/runtime/planted-agent.ts", "@/agent/core/beat"),
  plant("lib-is-isomorphic", "lib/planted.ts", "@/server/kernel/ids"),
  plant("lib-is-isomorphic", "lib/planted-node.ts", "node:fs"),
  plant("lib-is-isomorphic", "lib/planted-os.ts", "@/lib/os/clock-file"),
  plant("os-helpers-stand-alone", "lib/os/planted.ts", "@/lib/pure"),
  plant("os-helpers-stand-alone", "lib/os/planted-package.ts", "postgres"),
  plant("client-imports-no-server", "components/planted-os.tsx", "@/lib/os/clock-file"),
  plant("ports-import-only-kernel", "server/ports/planted-os.ts", "@/lib/os/clock-file"),
  plant("auth-library-is-wrapped", "app/planted-auth.ts", "next-auth"),
  plant("env-is-read-at-the-root", "server/domains/validators/planted-env.ts", "@/env"),
  plant("tests-only-from-tests", "server/kernel/planted-double.ts", "@/tests/support/double"),
  plant("no-cycles", "lib/circle.ts", "./half-circle"),
  plant("no-unresolvable", "lib/planted-nowhere.ts", "./nowhere"),
  plant("product-uses-no-dev-dependency", "server/runtime/planted-dev.ts", "vitest"),
  ...tierPlants,
];
