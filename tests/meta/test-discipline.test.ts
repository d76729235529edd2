import { describe, expect, it } from "vitest";
import { at, readRepositoryFiles, type TextFile } from "./repository-files";

/** Ways in which a suite stays green without having looked, and how each is written. */
const EVASIONS: readonly { readonly pattern: RegExp; readonly message: string }[] = [
  {
    pattern: /\b(?:it|test|describe|suite|bench)(?:\.[a-z]+)*\.(?:skip|only|todo|skipIf|runIf|fails|fixme|fail)\b/g,
    message: "leaves tests out; every test runs everywhere",
  },
  { pattern: /\b(?:xit|xtest|xdescribe|fit|fdescribe)\s*\(/g, message: "leaves tests out; every test runs everywhere" },
  { pattern: /\bctx\.skip\(|\bt\.Skip(?:f|Now)?\(/g, message: "leaves itself out; every test runs everywhere" },
  { pattern: /[{,]\s*retry:\s*[1-9]/g, message: "runs again until it passes; find what differs between the runs" },
  { pattern: /\bvi\.mock\(\s*["'`](?:@\/|\.)/g, message: "replaces a module of ours; build the ports from fakes" },
];

/** In a test itself and outside a loop; what asks again and again until a deadline has to pause between two questions. */
const SLEEP =
  /^(?!.*\b(?:while|for)\b).*(?:(?:await |=> )(?:sleep|delay|wait)\(\d|setTimeout\((?:resolve|r|done),\s*[1-9]).*$/gm;

const CONFIG_RETRIES = /\bretries:\s*[1-9]/g;

function evasions(files: readonly TextFile[]): string[] {
  return files.flatMap((file) => {
    const found = EVASIONS.flatMap(({ pattern, message }) =>
      [...file.text.matchAll(pattern)].map((match) => at(file, match.index, `"${match[0]}" ${message}`)),
    );
    if (/\.(test\.tsx?|spec\.ts|contract\.ts)$/.test(file.path))
      found.push(
        ...[...file.text.matchAll(SLEEP)].map((match) =>
          at(file, match.index, `"${match[0]}" sleeps; wait for the condition`),
        ),
      );
    if (/(vitest|playwright)\.config\.ts$/.test(file.path))
      found.push(
        ...[...file.text.matchAll(CONFIG_RETRIES)].map((match) => at(file, match.index, `"${match[0]}" runs again`)),
      );
    return found;
  });
}

const TESTS =
  /^(?!tests\/meta\/(?:test-discipline|gates)).*(\.test\.tsx?|\.spec\.ts|_test\.go|\.contract\.ts|\.config\.ts)$|^tests\/(?!meta\/(?:test-discipline|gates))/;

describe("tests", () => {
  const files = readRepositoryFiles(TESTS);

  it("are never left out, repeated until green, or timed by sleeping", () => {
    expect(files.length).toBeGreaterThan(60);
    expect(evasions(files)).toEqual([]);
  });

  it("each assert something", () => {
    const silent = files.filter(
      (file) =>
        /\.(test\.tsx?|spec\.ts)$/.test(file.path) && !/\bexpect[.(]|Contract\(|describe[A-Z]\w*\(/.test(file.text),
    );
    expect(silent.map((file) => file.path)).toEqual([]);
  });
});

describe("the rule", () => {
  it("leaves a pause inside a loop alone", () => {
    expect(evasions([{ path: "a.test.ts", text: "while (!isDone()) await delay(20);" }])).toEqual([]);
  });

  it.each([
    "it.skip('x')",
    "describe.only('x')",
    "it.todo('x')",
    "test.describe.skip('x')",
    "it.concurrent.skip('x')",
    "it.skipIf(isSlow)('x')",
    "test.fixme('x')",
    "xit ('x')",
    't.Skip("no docker")',
    "it('x', { retry: 2 }, () => {})",
    'vi.mock("@/server/kernel/clock")',
    "await sleep(100)",
    "await new Promise((resolve) => setTimeout(resolve, 500))",
  ])("finds %j", (text) => {
    expect(evasions([{ path: "a.test.ts", text }])).toHaveLength(1);
  });

  it("finds retries in a runner's configuration, and leaves those of durable functions alone", () => {
    const text = "export default { retries: 2 };";
    expect(evasions([{ path: "playwright.config.ts", text }])).toHaveLength(1);
    expect(evasions([{ path: "tests/engine/integration/a.test.ts", text }])).toEqual([]);
  });
});
