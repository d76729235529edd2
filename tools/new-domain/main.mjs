import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { requiredFiles } from "./domain-files.mjs";
import { editsFor } from "./edits.mjs";
import { namesOf } from "./names.mjs";
import { serverTemplates } from "./server-templates.mjs";
import { testTemplates } from "./test-templates.mjs";

// `npm run new:domain <name>`: writes a domain with one entity, its verbs and their tests into the current checkout.

/** The tier that the graph rule gives the domain, and the domains below it. */
function tierOf(domain) {
  const require = createRequire(join(process.cwd(), "package.json"));
  const { forbidden } = require(join(process.cwd(), ".dependency-cruiser.cjs"));
  const rule = forbidden.find(({ name }) => name === `domain-tier-${domain}`);
  if (!rule)
    throw new Error(`${domain} has no tier yet. Give it one in TIERS of .dependency-cruiser.cjs, then run this again.`);
  const [, tier, lower] = /^Tier (\d+): may import ([^.]+)\./.exec(rule.comment);
  return { tier, lowerDomains: lower === "no other domain" ? [] : lower.split(", ") };
}

try {
  const names = namesOf(process.argv[2]);
  const facts = { ...names, ...tierOf(names.domain) };
  const files = { ...serverTemplates(facts), ...testTemplates(facts) };
  const forgotten = requiredFiles(names.domain).filter((path) => !(path in files));
  if (forgotten.length > 0) throw new Error(`The templates lack ${forgotten.join(", ")}.`);
  const taken = Object.keys(files).filter((path) => existsSync(path));
  if (taken.length > 0) throw new Error(`${taken[0]} exists already, so nothing was written.`);
  const edited = Object.entries(editsFor(facts)).map(([path, edit]) => [path, edit(readFileSync(path, "utf8"))]);
  for (const [path, text] of [...Object.entries(files), ...edited]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`wrote ${path}\n`);
  }
  process.stdout.write(
    "Next: npm run format, then npm run db:generate for its migration, then npm run verify. CONTRIBUTING.md leads on to route and screen.\n",
  );
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
