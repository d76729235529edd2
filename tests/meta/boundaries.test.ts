import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LEGAL, PLANTS, type Tree } from "./planted-violations";
import { listRepositoryFiles, repoDir } from "./repository-files";

type Violation = { readonly rule: string; readonly from: string };
type Verdict = { readonly failed: boolean; readonly cruisedCount: number; readonly violations: readonly Violation[] };

const FOLDERS = ["agent", "app", "components", "server", "db", "inngest", "lib", "tests", "env.ts"];

/** Runs the gate as `npm run verify` does, in that folder, and reads what a person would read. */
async function cruise(folder: string): Promise<Verdict> {
  const command = join(repoDir, "node_modules/.bin/depcruise");
  const { failed, output } = await new Promise<{ failed: boolean; output: string }>((resolve) => {
    execFile(command, FOLDERS, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, output: `${stdout}${stderr}` }),
    );
  });
  const cruisedCount = Number(/(\d+) modules, \d+ dependencies cruised/.exec(output)?.[1] ?? Number.NaN);
  if (Number.isNaN(cruisedCount)) throw new Error(`the gate did not say what it cruised:\n${output}`);
  const violations = [...output.matchAll(/^ +(?:error|warn|info) ([a-z-]+): (\S+)/gm)].map(
    ([, rule = "", from = ""]) => ({ rule, from }),
  );
  return { failed, cruisedCount, violations };
}

const made: string[] = [];

/** A folder with these sources, this checkout's gate and its packages. */
function checkoutWith(tree: Tree): string {
  const folder = mkdtempSync(join(tmpdir(), "omniphi-boundaries-"));
  made.push(folder);
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const file of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"])
    cpSync(join(repoDir, file), join(folder, file));
  symlinkSync(join(repoDir, "node_modules"), join(folder, "node_modules"));
  return folder;
}

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

const config = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as {
  forbidden: readonly { name: string; severity: string }[];
};

it("every rule is an error and has a planted violation", () => {
  expect(config.forbidden.filter((rule) => rule.severity !== "error")).toEqual([]);
  const planted = new Set(PLANTS.map(({ rule }) => rule));
  expect(config.forbidden.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
});

it("every domain has a tier", () => {
  const folders = new Set(
    listRepositoryFiles()
      .map((path) => /^server\/domains\/([^/]+)\//.exec(path)?.[1])
      .filter((name) => name !== undefined),
  );
  const rules = new Set(config.forbidden.map(({ name }) => name));
  expect(folders.size).toBeGreaterThanOrEqual(5);
  expect([...folders].filter((name) => !rules.has(`domain-tier-${name}`))).toEqual([]);
});

it("the rules allow what the design allows", async () => {
  const { failed, violations } = await cruise(checkoutWith(LEGAL));
  expect(violations).toEqual([]);
  expect(failed).toBe(false);
});

describe("with one planted violation a file, the gate", () => {
  let rulesByFile: ReadonlyMap<string, readonly string[]>;
  let failed = false;

  beforeAll(async () => {
    const run = await cruise(
      checkoutWith({ ...LEGAL, ...Object.fromEntries(PLANTS.map(({ path, text }) => [path, text])) }),
    );
    failed = run.failed;
    rulesByFile = run.violations.reduce(
      (found, { from, rule }) => found.set(from, [...new Set([...(found.get(from) ?? []), rule])]),
      new Map<string, readonly string[]>(),
    );
  });

  it("fails", () => {
    expect(failed).toBe(true);
  });

  it.each(PLANTS)("names $rule for $path and no other rule", ({ rule, path }) => {
    expect(rulesByFile.get(path)).toEqual([rule]);
  });

  it("names no file in which nothing was planted", () => {
    const planted = new Set(PLANTS.map(({ path }) => path));
    expect([...rulesByFile.keys()].filter((path) => !planted.has(path))).toEqual([]);
  });
});

it("the gate sees the whole product, not an empty graph that passes", async () => {
  const sources = listRepositoryFiles().filter((path) =>
    /^(app|components|server|db|inngest|lib)\/.*\.tsx?$/.test(path),
  );
  const { cruisedCount } = await cruise(repoDir);
  expect(sources.length).toBeGreaterThan(300);
  expect(cruisedCount).toBeGreaterThanOrEqual(sources.length);
});
