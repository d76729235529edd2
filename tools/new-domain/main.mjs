import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { requiredFiles } from "./domain-files.mjs";
import { editsFor } from "./edits.mjs";
import { namesOf } from "./names.mjs";
import { serverTemplates } from "./server-templates.mjs";
import { testTemplates } from "./test-templates.mjs";

// `npm run new:domain <name>`: writes a domain with one entity, its verbs and their tests into the current checkout.

/** A new product builds on what stands: above everything of today. */
function tierOf(domain) {
  const manifests = readdirSync("server/domains", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== domain)
    .map(({ name }) => ({ name, text: readFileSync(join("server/domains", name, "domain.ts"), "utf8") }))
    .map(({ name, text }) => ({ name, tier: Number(/^ {2}tier: (\d+),$/m.exec(text)?.[1]) }));
  const tier = 3;
  return { tier, lowerDomains: manifests.filter((other) => other.tier < tier).map(({ name }) => name) };
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
