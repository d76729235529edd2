import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repoDir } from "./repository-files";

type LockedPackage = {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
type Lock = Readonly<Record<string, LockedPackage>>;
type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};

const readJson = (path: string) => JSON.parse(readFileSync(join(repoDir, path), "utf8"));

/** The package that Node would load from there by that name: in the nearest node_modules upwards. */
function findLocked(packages: Lock, from: string, name: string): LockedPackage | undefined {
  const found = packages[`${from === "" ? "" : `${from}/`}node_modules/${name}`];
  if (found !== undefined || from === "") return found;
  return findLocked(packages, from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))), name);
}

/** Dependencies that a locked package names and the lock file does not hold. */
const missingFrom = (packages: Lock): readonly string[] =>
  Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
      .filter((name) => findLocked(packages, path, name)?.version === undefined)
      .map((name) => `${path || "package.json"} names ${name}`),
  );

/** Direct dependencies whose version leaves a choice. */
const looseIn = ({ dependencies, devDependencies }: Manifest): readonly string[] =>
  Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} ${version}`);

describe("the lock file", () => {
  // `npm ci` refuses a lock file that lacks even an optional package of another platform, and `npm install` writes such a
  // file when a registry does not serve that package.
  it("has an entry with a version for every dependency that a locked package names", () => {
    const { packages }: { packages: Lock } = readJson("package-lock.json");
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(missingFrom(packages)).toEqual([]);
  });

  it("pins every direct dependency exactly", () => {
    expect(looseIn(readJson("package.json"))).toEqual([]);
  });
});

describe("the rule", () => {
  it("finds a package that only another platform needs", () => {
    const packages: Lock = {
      "": { dependencies: { a: "1.0.0" } },
      "node_modules/a": { version: "1.0.0", optionalDependencies: { "a-darwin": "1.0.0" } },
    };
    expect(missingFrom(packages)).toEqual(["node_modules/a names a-darwin"]);
  });

  it("finds nothing in a lock file where a nested package is found upwards", () => {
    const packages: Lock = {
      "": { dependencies: { a: "1.0.0" } },
      "node_modules/a": { version: "1.0.0", dependencies: { b: "1.0.0", c: "1.0.0" } },
      "node_modules/a/node_modules/b": { version: "1.0.0", dependencies: { c: "1.0.0" } },
      "node_modules/c": { version: "1.0.0" },
    };
    expect(missingFrom(packages)).toEqual([]);
  });

  it.each(["^1.0.0", "~1.0.0", "1.x", "latest", "*", "github:a/b", ">=1.0.0"])(
    "finds the version %s, which leaves a choice",
    (version) => {
      expect(looseIn({ dependencies: { a: version } })).toEqual([`a ${version}`]);
      expect(looseIn({ devDependencies: { a: version } })).toEqual([`a ${version}`]);
    },
  );
});
