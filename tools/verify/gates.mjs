import { existsSync } from "node:fs";
import { join } from "node:path";
import { repoDir } from "../start/options.mjs";
import { commandCheck, scriptCheck, vitestCheck } from "../test/runners.mjs";

const CRUISED = [
  "agent",
  "app",
  "components",
  "server",
  "db",
  "inngest",
  "lib",
  "tests",
  "tools",
  "env.ts",
  "proxy.ts",
];

const present = (paths) => paths.filter((path) => existsSync(join(repoDir, path)));

/** Routes and layouts are typed by files that Next generates; without them the compiler would not know `PageProps`. */
async function checkTypes(options) {
  const generated = await commandCheck("typegen", "next", ["typegen"], options);
  if (generated.failed > 0) return { ...generated, note: `next typegen ${generated.note}` };
  return scriptCheck("types", "tools/verify/check-types.mjs", options);
}

/** The gates of `npm run verify`, slowest first, so that two at a time end together. None needs a database. */
export const gates = [
  { name: "types", run: checkTypes },
  { name: "unit", run: (options) => vitestCheck("unit", options) },
  { name: "meta", run: (options) => vitestCheck("meta", options) },
  { name: "unused", run: (options) => commandCheck("unused", "knip", ["--no-progress"], options) },
  // Once more without the tests: what they alone use is dead, unless it is said to be theirs.
  {
    name: "production",
    run: (options) =>
      commandCheck(
        "production",
        "knip",
        ["--no-progress", "--production", "--config", "knip.production.json"],
        options,
      ),
  },
  { name: "graph", run: (options) => commandCheck("graph", "depcruise", present(CRUISED), options) },
  { name: "format", run: (options) => commandCheck("format", "biome", ["check", "--error-on-warnings", "."], options) },
];
