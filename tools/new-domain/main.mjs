import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { requiredFiles } from "./domain-files.mjs";
import { namesOf } from "./names.mjs";
import { listWith, standingOf } from "./standing.mjs";
import { dataTemplates } from "./templates/data.mjs";
import { manifestTemplates } from "./templates/manifest.mjs";
import { screenTemplates } from "./templates/screens.mjs";
import { testTemplates } from "./templates/tests.mjs";
import { verbTemplates } from "./templates/verbs.mjs";

// `npm run new:domain <name> [-- --entity <noun> --plural <nouns>]`: writes a domain with one entity, from its table to its pages and their tests,
// into the current checkout, and its migration.

/** Runs one of the checkout's own tools. */
const tool = (name, args) =>
  execFileSync(process.execPath, [join("node_modules", ...name), ...args], { encoding: "utf8", stdio: "pipe" });

try {
  const names = namesOf(process.argv.slice(2));
  const facts = { ...names, ...standingOf(names) };
  const templates = [manifestTemplates, dataTemplates, verbTemplates, screenTemplates, testTemplates];
  const files = Object.assign({}, ...templates.map((write) => write(facts)));
  const forgotten = requiredFiles(names.domain).filter((path) => !(path in files));
  if (forgotten.length > 0) throw new Error(`The templates lack ${forgotten.join(", ")}.`);
  const taken = Object.keys(files).find((path) => existsSync(path));
  if (taken !== undefined) throw new Error(`${taken} exists already, so nothing was written.`);
  const written = { ...files, ...listWith(names.domain) };
  for (const [path, text] of Object.entries(written)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`wrote ${path}\n`);
  }
  const sources = Object.keys(written).filter((path) => /\.tsx?$/.test(path));
  tool(["@biomejs", "biome", "bin", "biome"], ["check", "--write", "--vcs-enabled=false", ...sources]);
  tool(["drizzle-kit", "bin.cjs"], ["generate", "--name", names.domain]);
  process.stdout.write(
    "wrote its migration in db/migrations\nNext: npm test -- --changed, then CONTRIBUTING.md leads on.\n",
  );
} catch (error) {
  process.stderr.write(`${error.message}\n${error.stdout ?? ""}${error.stderr ?? ""}\n`);
  process.exitCode = 1;
}
