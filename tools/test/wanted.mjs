import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { StartFailure } from "../start/failure.mjs";
import { gates } from "../verify/gates.mjs";
import { affectedBy } from "./affected.mjs";
import { listChangedFiles } from "./changed-files.mjs";
import { importersOf, isFactoryShared, listDomains } from "./domains.mjs";
import { stages } from "./stages.mjs";

/** Real tests lie beside the other integration tests, so that a folder alone does not tell whether a suite has tests there. */
const FOLDERS = { real: "integration" };
const TESTS = { real: /\.real\.test\.ts$/, integration: /^[^.]+\.test\.ts$/, e2e: /\.spec\.ts$/ };
const EVERY_TEST = /\.test\.ts$/;

function hasTests(folder, pattern) {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory() ? hasTests(join(folder, entry.name), pattern) : pattern.test(entry.name),
  );
}

/** The names after `--only`, or undefined for everything. @throws StartFailure test.only_unknown */
export function wantedNames(argv) {
  const index = argv.findIndex((argument) => argument === "--only" || argument.startsWith("--only="));
  if (index === -1) return undefined;
  const text = argv[index].includes("=") ? argv[index].split("=")[1] : argv[index + 1];
  const names = (text ?? "").split(",").filter((name) => name !== "");
  const known = [...gates.map(({ name }) => name), ...stages.keys()];
  const unknown = names.filter((name) => !known.includes(name));
  if (names.length === 0 || unknown.length > 0) {
    throw new StartFailure({
      code: "test.only_unknown",
      what: unknown.length > 0 ? `There is no check named ${unknown.join(", ")}.` : "--only takes names of checks.",
      fix: `Checks: ${known.join(", ")}. For example: npm test -- --only unit,meta`,
    });
  }
  return names;
}

/** The folders that hold a suite's tests of these products. */
const foldersOf = (repoDir, suite, products) =>
  [...products]
    .sort()
    .map((product) => `tests/${product}/${FOLDERS[suite] ?? suite}`)
    .filter((folder) => hasTests(join(repoDir, folder), TESTS[suite] ?? EVERY_TEST));

/**
 * Which checks run: `{ isWanted(name), pathsOf(name), note }`. All but the long ones, or those of `--only`; with `--changed`, of these all gates and
 * what the changed files can break, by folders of tests. @throws StartFailure test.only_unknown, test.changed_unknown
 */
export function readWanted(argv, repoDir) {
  const names = wantedNames(argv);
  const isNamed = (name) => (names === undefined ? !stages.get(name)?.isLong : names.includes(name));
  if (!argv.includes("--changed")) return { isWanted: isNamed, pathsOf: () => [], note: undefined };

  const { since, paths } = listChangedFiles(repoDir);
  const domains = listDomains(repoDir);
  const affected = affectedBy(paths, {
    domains,
    importersOf: importersOf(repoDir),
    isFactoryShared: isFactoryShared(repoDir),
  });
  const count = `${paths.length} files differ from ${since}`;
  if (affected.isEverything) {
    return { isWanted: isNamed, pathsOf: () => [], note: `${count}; ${affected.reason} can break everything` };
  }
  const folders = new Map(
    [...affected.suites].map(([suite, products]) => [
      suite,
      products === "all" ? [] : foldersOf(repoDir, suite, products),
    ]),
  );
  const isAffected = (name) =>
    !stages.has(name) || affected.suites.get(name) === "all" || (folders.get(name)?.length ?? 0) > 0;
  const phrase = [...folders]
    .filter(([name]) => isAffected(name))
    .map(([name, paths]) =>
      paths.length === 0 ? name : `${name} (${paths.map((path) => path.split("/")[1]).join(", ")})`,
    );
  return {
    isWanted: (name) => isNamed(name) && isAffected(name),
    pathsOf: (name) => folders.get(name) ?? [],
    note: `${count}; beside the gates they can break: ${phrase.join(", ") || "nothing"}`,
  };
}
