import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The domains there are: each is a folder. */
export const listDomains = (repoDir) =>
  readdirSync(join(repoDir, "server/domains"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/**
 * Which domains can break with this one: those that import it, and those that import them. What a tier may import says too much: a product
 * breaks nothing in the tiers above it before somebody there reads it.
 */
export function importersOf(repoDir) {
  const imports = new Map(listDomains(repoDir).map((domain) => [domain, importsOf(repoDir, domain)]));
  const directly = (domain) => [...imports].filter(([, named]) => named.has(domain)).map(([importer]) => importer);
  return (domain) => {
    const found = new Set();
    const visit = (name) => {
      for (const importer of directly(name)) {
        if (found.has(importer) || importer === domain) continue;
        found.add(importer);
        visit(importer);
      }
    };
    visit(domain);
    return [...found];
  };
}

/** The domains whose files those of one name in an import. */
const importsOf = (repoDir, domain) =>
  new Set(
    readdirSync(join(repoDir, "server/domains", domain), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .flatMap((text) => [...text.matchAll(/"@\/server\/domains\/([a-z]+)/g)].map(([, named]) => named))
      .filter((named) => named !== domain),
  );

/** Whether anything in `tests` beside a domain's own tests names its factory. */
export const isFactoryShared = (repoDir) => (domain) =>
  readdirSync(join(repoDir, "tests"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(repoDir, "tests", domain, "/")))
    .some((path) => new RegExp(`factories/${domain}"`).test(readFileSync(path, "utf8")));
