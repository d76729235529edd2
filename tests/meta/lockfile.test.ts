import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type LockedPackage = {
  readonly version?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const packages: Readonly<Record<string, LockedPackage>> = JSON.parse(
  readFileSync("package-lock.json", "utf8"),
).packages;

/** The package that Node would load from there by that name: in the nearest node_modules upwards. */
function findLocked(from: string, name: string): LockedPackage | undefined {
  const found = packages[`${from === "" ? "" : `${from}/`}node_modules/${name}`];
  if (found !== undefined || from === "") return found;
  return findLocked(from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))), name);
}

describe("package-lock.json", () => {
  // `npm ci` refuses a lock file that lacks even an optional package of another platform, and `npm install` writes such a
  // file when a registry does not serve that package.
  it("has an entry with a version for every dependency that a locked package names", () => {
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => findLocked(path, name)?.version === undefined)
        .map((name) => `${path || "package.json"} names ${name}`),
    );
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it("pins every direct dependency exactly", () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });
});
