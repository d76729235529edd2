import { execFile } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gates } from "../../tools/verify/gates.mjs";
import { bareCheckout } from "../support/bare-checkout";
import { removeLater } from "../support/remove-later";

/** Names that no product will take, and that no other test generates. */
const DOMAIN = "vivarium";
const NAMES = [DOMAIN, "--entity", "lizard", "--plural", "lizards"] as const;
/** Without the Next build and the journeys: two more builds would cost more minutes than all of this. */
const CHECKS = [...gates.map(({ name }) => name), "integration", "http"];
const OWN = new RegExp(`(^|/)${DOMAIN}(/|\\.)`);

const run = promisify(execFile);
/** The outer run's own settings, git's and vitest's among them, would change what the inner one does. */
const ENVIRONMENT = Object.fromEntries(
  ["PATH", "HOME", "USER", "LANG", "TMPDIR", "XDG_CACHE_HOME"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
) as NodeJS.ProcessEnv;

let checkout: string;
/** Runs a program there; what it printed is the error when it fails. */
async function inCheckout(program: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(program, [...args], { cwd: checkout, env: ENVIRONMENT, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (thrown) {
    const { stdout = "", stderr = "" } = thrown as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")} failed\n${stdout}\n${stderr}`);
  }
}
const git = (...args: readonly string[]) =>
  inCheckout("git", "-c", "user.name=t", "-c", "user.email=t@example.com", ...args);

beforeAll(async () => {
  checkout = bareCheckout();
  symlinkSync(join(process.cwd(), "node_modules"), join(checkout, "node_modules"));
  await git("init", "-q");
  // What is ignored is a folder of that name, and this is a link.
  writeFileSync(join(checkout, ".git/info/exclude"), "node_modules\n");
  await git("add", "-A");
  await git("commit", "-q", "-m", "what stands");
  await inCheckout("npm", "run", "--silent", "new:domain", "--", ...NAMES);
});
afterAll(() => removeLater(checkout));

describe("a domain as it is generated", () => {
  it("edits one file outside its own folders, beside the migration's", async () => {
    const entries = (await git("status", "--porcelain", "-z", "--untracked-files=all")).split("\0").filter(Boolean);
    const withMark = (mark: string) => entries.filter((it) => it.startsWith(mark)).map((it) => it.slice(3));
    const generated = /^db\/migrations\/meta\/(?:_journal|\d{4}_snapshot)\.json$/;
    expect(withMark(" M").filter((path) => !generated.test(path))).toEqual(["server/domains/domains.ts"]);
    const added = withMark("??");
    expect(added.filter((path) => !OWN.test(path) && !generated.test(path) && !path.includes(`_${DOMAIN}.`))).toEqual(
      [],
    );
    expect(withMark("").length).toBe(withMark(" M").length + added.length);
    for (const folder of ["server/domains", "db/schema", "components", "app/o", "tests", "db/migrations"]) {
      expect(added.some((path) => path.startsWith(`${folder}/`))).toBe(true);
    }
  });

  it("passes every gate and its own suites by npm test -- --changed, which finds nothing else that it can break", async () => {
    const said = await inCheckout("npm", "test", "--silent", "--", "--changed", "--only", CHECKS.join(","));
    expect(/^changed .*$/m.exec(said)?.[0]).toMatch(
      new RegExp(
        `differ from the last commit; beside the gates they can break: ${["integration", "http", "e2e"]
          .map((suite) => `${suite} \\(${suite === "e2e" ? DOMAIN : `platform, ${DOMAIN}`}\\)`)
          .join(", ")}, build$`,
      ),
    );
    expect(said).toMatch(/^\d{4,} passed, 0 failed\n$/m);
    for (const [suite, folder] of [
      ["unit", "server/domains"],
      ["integration", "tests"],
      ["http", "tests"],
    ] as const) {
      const report: { testResults: { name: string; status: string }[] } = JSON.parse(
        readFileSync(join(checkout, `test-results/${suite}.json`), "utf8"),
      );
      const own = report.testResults.filter(({ name }) => name.includes(`/${folder}/${DOMAIN}/`));
      expect(own.length, suite).toBeGreaterThan(0);
      expect(own.filter(({ status }) => status !== "passed")).toEqual([]);
    }
  });
});
