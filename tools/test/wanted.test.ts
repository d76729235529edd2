import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWanted } from "./wanted.mjs";

const checkout = mkdtempSync(join(tmpdir(), "omniphi-wanted-"));
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], { cwd: checkout });
const write = (path: string) => {
  mkdirSync(join(checkout, dirname(path)), { recursive: true });
  writeFileSync(join(checkout, path), "");
};
const chosen = (...argv: readonly string[]) => {
  const { isWanted, pathsOf, note } = readWanted(argv, checkout);
  const names = ["devnet", "contract", "real", "e2e", "unit", "integration", "http", "build", "launcher", "long"];
  return { note, ...Object.fromEntries(names.filter(isWanted).map((name) => [name, pathsOf(name).join(" ")])) };
};

beforeAll(() => {
  for (const path of ["server/domains", "app", ".dependency-cruiser.cjs"])
    cpSync(path, join(checkout, path), { recursive: true });
  write("tests/platform/http/openapi.test.ts");
  git("init", "-q");
  git("add", "-A");
  git("commit", "-q", "-m", "first");
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

describe("npm test -- --changed", () => {
  it("names the folders that have tests of a suite, for a domain that has just been made", () => {
    write("server/domains/demo/index.ts");
    write("tests/demo/integration/isolation.test.ts");
    expect(chosen("--changed")).toEqual({
      note: "2 files differ from the last commit; beside the gates they can break: integration (demo), http (platform), build",
      unit: "",
      integration: "tests/demo/integration",
      http: "tests/platform/http",
      build: "",
    });
  });

  it("keeps to what --only names", () => {
    expect(chosen("--changed", "--only", "http,contract")).toMatchObject({ http: "tests/platform/http" });
    expect(Object.keys(chosen("--changed", "--only", "http,contract"))).toEqual(["note", "http"]);
  });

  it("looks at the last commit where nothing is left to commit, and runs everything for shared ground", () => {
    write("server/kernel/verbs.ts");
    git("add", "-A");
    git("commit", "-q", "-m", "second");
    const { note, ...checks } = chosen("--changed");
    expect(note).toBe("3 files differ from the commit before; server/kernel/verbs.ts can break everything");
    expect(Object.keys(checks)).toEqual(Object.keys(chosen()).slice(1));
    expect(Object.keys(checks)).not.toContain("long");
  });

  it("takes in what is changed and what is new beside the commits that others do not have", () => {
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    write("server/domains/demo/committed.ts");
    git("add", "-A");
    git("commit", "-q", "-m", "third");
    write("server/domains/demo/new.ts");
    writeFileSync(join(checkout, "server/domains/demo/index.ts"), "// Changed.\n");
    expect(chosen("--changed").note).toBe(
      "3 files differ from origin/main; beside the gates they can break: integration (demo), http (platform), build",
    );
  });
});
