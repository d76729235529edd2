import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const FOLDERS = ["agent", "app", "components", "server", "db", "inngest", "lib", "public"];
const FILES = ["package.json", "package-lock.json", "tsconfig.json", "env.ts", "proxy.ts", "instrumentation.ts"];
const CONFIG = /^(next|postcss|tailwind)\.config\.(ts|mjs|js)$/;
const IGNORED = /(\.test\.tsx?|\.md|~)$/;

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile() && !IGNORED.test(entry.name)) yield path;
  }
}

/** A hash over the names and content of everything that a build reads, tests and documents left out. */
export function hashSources(repoDir) {
  const hash = createHash("sha256");
  hash.update(`node ${process.versions.node.split(".")[0]}\n`);
  const roots = readdirSync(repoDir).filter((name) => FILES.includes(name) || CONFIG.test(name));
  const paths = [
    ...roots.sort().map((name) => join(repoDir, name)),
    ...FOLDERS.map((name) => join(repoDir, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
      .flatMap((path) => [...filesBelow(path)]),
  ];
  for (const path of paths) {
    const content = readFileSync(path);
    hash.update(`${path.slice(repoDir.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
