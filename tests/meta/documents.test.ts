import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROCESSES } from "@/server/processes/processes.mjs";
import { findDeadReferences } from "../../tools/docs/dead-references.mjs";
import { listRepositoryFiles, readRepositoryFiles, repoDir } from "./repository-files";

/** Made by an install, a build or a start. */
const NOT_COMMITTED = [
  ".data",
  "dist",
  "node_modules",
  ".next",
  "test-results",
  "secrets.json",
  "ports.json",
  "localnet.json",
];

const docs = readRepositoryFiles(/\.md$/);
const manifest: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(repoDir, "package.json"), "utf8"));

describe("the documents", () => {
  it("name nothing that is not there", () => {
    const sources = readRepositoryFiles(/\.(ts|tsx|mjs|cjs|go|json|sql|css)$|^\.env\.example$/);
    expect(docs.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"]),
    );
    const dead = findDeadReferences({
      docs,
      paths: listRepositoryFiles(),
      scripts: Object.keys(manifest.scripts),
      sourceText: sources.map(({ text }) => text).join("\n"),
      ignored: NOT_COMMITTED,
    });
    expect(dead).toEqual([]);
  });

  it("draw every adapter on the map, and lead to the list of every domain", () => {
    const map = docs.find(({ path }) => path === "ARCHITECTURE.md")?.text ?? "";
    const folders = new Set(
      listRepositoryFiles().flatMap((path) => /^server\/adapters\/([^/]+)\//.exec(path)?.[1] ?? []),
    );
    expect(folders.size).toBeGreaterThan(5);
    expect(map).toContain("(server/domains/domains.ts)");
    expect([...folders].filter((name) => !new RegExp(`\\b${name}\\b`).test(map))).toEqual([]);
  });

  it("say of every process what it does, and of how many there may be", () => {
    const map = docs.find(({ path }) => path === "ARCHITECTURE.md")?.text ?? "";
    const rows = map.split("\n").filter((line) => line.startsWith("| "));
    expect(PROCESSES.length).toBeGreaterThan(5);
    expect(PROCESSES.filter(({ name }) => !rows.some((row) => row.includes(`\`${name}\``)))).toEqual([]);
  });

  it("explain every script that a person runs", () => {
    const told = docs.map(({ text }) => text).join("\n");
    expect(Object.keys(manifest.scripts).filter((name) => !new RegExp(`npm (run )?${name}\\b`).test(told))).toEqual([]);
  });

  it("keep decisions as dated records, numbered without a gap", () => {
    const decisions = docs.filter(({ path }) => /^docs\/decisions\/\d{4}-/.test(path));
    expect(decisions.length).toBeGreaterThanOrEqual(7);
    const numbers = decisions.map(({ path }) => Number(path.slice("docs/decisions/".length).slice(0, 4)));
    expect(numbers).toEqual(decisions.map((_, index) => index + 1));
    const undated = decisions.filter(
      ({ text }) => !/^Date: \d{4}-\d{2}-\d{2}$/m.test(text) || !/^Status: /m.test(text),
    );
    expect(undated.map(({ path }) => path)).toEqual([]);
  });
});

describe("the rule", () => {
  const deadIn = (text: string, path = "docs/a.md") =>
    findDeadReferences({
      docs: [
        { path, text },
        { path: "docs/b.md", text: "# Known heading\n" },
      ],
      paths: ["docs/a.md", "docs/b.md", "server/domains/fog/repository.ts", "app/api/[id]/route.ts", "env.ts"],
      scripts: ["start", "verify"],
      sourceText: "export const KNOWN_LIMIT = 1; defineCommand()",
    });

  it.each([
    ["a link", "see [b](c.md)"],
    ["a link to a heading", "see [b](b.md#unknown-heading)"],
    ["a path from the root", "see `server/domains/fog/states.ts`"],
    ["a folder", "see `server/nowhere/`"],
    ["a pattern that matches nothing", "see `server/<layer>/spot/*.ts`"],
    ["a bare file name", "see `nowhere.ts`"],
    ["an identifier", "call `defineNothing`"],
    ["a constant", "see `UNKNOWN_LIMIT`"],
    ["a script", "run `npm run nothing`"],
    ["a script in a block", "```sh\nnpm run nothing\n```"],
  ])("finds %s that is not there", (_, text) => {
    expect(deadIn(text)).toHaveLength(1);
  });

  it.each([
    "[b](b.md) and [its heading](b.md#known-heading) and [elsewhere](https://example.org/x.md)",
    "`server/domains/<domain>/repository.ts`, `server/domains/*`, `app/api/[id]/route.ts`, `server/{domains,ports}/fog`",
    "`repository.ts`, `env.ts`, `KNOWN_LIMIT`, `defineCommand()`",
    "`npm start`, `npm run verify`, `npm ci`, `val_…`, `application/json`, `a.b`",
  ])("lets %s stand", (text) => {
    expect(deadIn(text)).toEqual([]);
  });
});
