import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { listDomains } from "../../tools/test/domains.mjs";
import { readRepositoryFiles, repoDir, type TextFile } from "./repository-files";

const PRODUCTS = [...listDomains(repoDir), "engine", "kernel", "platform"];
const PLACE = new RegExp(
  `^tests/(?:(?:${PRODUCTS.join("|")})/(?:(?:integration|http|contract)/[^.]+(?:\\.(?:real|long))?\\.test\\.ts|e2e/[^.]+\\.spec\\.ts)|(?:generator|launcher|meta)/[^.]+\\.test\\.ts)$`,
);

/** Tests that lie where no suite looks for them, and so would never run. */
const misplaced = (paths: readonly string[]): readonly string[] => paths.filter((path) => !PLACE.test(path));

/** Support that starts or joins a real part: the local chain, a Docker Engine. */
const REAL_PARTS = [
  "tests/support/localnet.ts",
  "tests/support/docker.ts",
  "tests/support/validators/own-localnet.ts",
  "tests/support/validators/own-dockerd.ts",
  "tests/validators/contract/node-host-chain.ts",
];
const IMPORT = /^import (?!type )(\{[^}]*\}|[^"{]+) from "(\.[^"]*|@\/tests\/[^"]*)";$/gm;

/** Paths of our own that the file imports as values. */
const importsOf = ({ path, text }: TextFile): readonly string[] =>
  [...text.matchAll(IMPORT)].flatMap(([, names = "", from = ""]) => {
    const isOnlyTypes =
      names.startsWith("{") &&
      names
        .slice(1, -1)
        .split(",")
        .every((name) => /^\s*(type\s.*)?$/.test(name));
    if (isOnlyTypes) return [];
    return [`${from.startsWith("@/") ? from.slice(2) : posix.join(posix.dirname(path), from)}.ts`];
  });

/** Tests that reach a real part, whatever their name says. */
function realTests(files: readonly TextFile[]): readonly string[] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  const reached = new Map<string, boolean>(REAL_PARTS.map((path) => [path, true]));
  const reaches = (path: string): boolean => {
    const known = reached.get(path);
    if (known !== undefined) return known;
    reached.set(path, false);
    const isReal = (imports.get(path) ?? []).some(reaches);
    reached.set(path, isReal);
    return isReal;
  };
  return files.map(({ path }) => path).filter((path) => path.endsWith(".test.ts") && reaches(path));
}

const misnamed = (files: readonly TextFile[]): readonly string[] => {
  const real = realTests(files);
  return files
    .map(({ path }) => path)
    .filter((path) => /\.test\.ts$/.test(path) && path.endsWith(".real.test.ts") !== real.includes(path));
};

const files = readRepositoryFiles(/^tests\/.*\.ts$/);

describe("tests", () => {
  it("lie in a product's suite, where a runner finds them", () => {
    const tests = files.map(({ path }) => path).filter((path) => /\.(?:test|spec)\.ts$/.test(path));
    expect(tests.length).toBeGreaterThan(60);
    expect(misplaced(tests)).toEqual([]);
  });

  it("say in their name that they need a real chain or a Docker Engine, and only then", () => {
    expect(realTests(files).length).toBeGreaterThan(6);
    // They test what joins a chain, and join none.
    expect(misnamed(files)).toEqual(["tests/platform/contract/test-support.test.ts"]);
  });
});

describe("the rules", () => {
  it.each([
    "tests/http/openapi.test.ts",
    "tests/integration/chain/a.test.ts",
    "tests/nobody/integration/a.test.ts",
    "tests/chain/e2e/a.test.ts",
    "tests/chain/integration/a.rael.test.ts",
  ])("find %s", (path) => {
    expect(misplaced([path])).toEqual([path]);
  });

  it.each([
    [
      "a chain behind a stage",
      "a",
      'import { stage } from "./stage";',
      'import { sharedLocalnet } from "@/tests/support/localnet";',
    ],
    [
      "a name that says too much",
      "a.real",
      'import { stage } from "./stage";',
      'import { type Localnet } from "../../support/localnet";',
    ],
  ])("find %s", (_, name, test, stage) => {
    const path = `tests/chain/integration/${name}.test.ts`;
    expect(
      misnamed([
        { path, text: test },
        { path: "tests/chain/integration/stage.ts", text: stage },
      ]),
    ).toEqual([path]);
  });
});
