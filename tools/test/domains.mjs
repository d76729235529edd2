import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The domains there are: each is a folder. */
export const listDomains = (repoDir) =>
  readdirSync(join(repoDir, "server/domains"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

const RULE = /^domain-tier-(.+)$/;

/** Which domains may import this one, as the graph's own rules say: those of the tiers above it. */
export function importersOf(repoDir) {
  const { forbidden } = createRequire(import.meta.url)(join(repoDir, ".dependency-cruiser.cjs"));
  const rules = forbidden.flatMap(({ name, to }) => {
    const [, domain] = RULE.exec(name) ?? [];
    return domain === undefined ? [] : [{ domain, allowed: new RegExp(to.pathNot) }];
  });
  if (rules.length === 0) throw new Error(".dependency-cruiser.cjs has no rule that says what a tier may import");
  return (domain) =>
    rules
      .filter((rule) => rule.domain !== domain && rule.allowed.test(`server/domains/${domain}/index.ts`))
      .map((rule) => rule.domain);
}

/** Whether anything in `tests` beside a domain's own tests names its factory. */
export const isFactoryShared = (repoDir) => (domain) =>
  readdirSync(join(repoDir, "tests"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(repoDir, "tests", domain, "/")))
    .some((path) => new RegExp(`factories/${domain}"`).test(readFileSync(path, "utf8")));
