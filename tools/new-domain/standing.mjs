import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LIST = "server/domains/domains.ts";

/** The manifests of the checkout, as text: this tool runs without a compiler. */
const manifests = () =>
  readdirSync("server/domains", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, text: readFileSync(join("server/domains", name, "domain.ts"), "utf8") }));

const tierIn = (manifest) => Number(/^ {2}tier: (\d+),$/m.exec(manifest)?.[1]);

/** A product stands on what all share, and on no other product. */
const PRODUCT_TIER = 3;

/** What a new domain finds: its tier, the domains below it, a prefix that is free. Throws when its name or its ids are taken. */
export function standingOf({ domain, entity }) {
  const standing = manifests();
  if (standing.some(({ name }) => name === domain))
    throw new Error(`${domain} exists already, so nothing was written.`);
  const prefixes = new Set(standing.flatMap(({ text }) => [...text.matchAll(/: "([a-z]{2,5})"/g)].map(([, it]) => it)));
  const kinds = standing.flatMap(({ text }) => [
    ...text.matchAll(/^ {4}(\w+): "[a-z]{2,5}",?$|[{,] (\w+): "[a-z]{2,5}"/gm),
  ]);
  if (kinds.some(([, one, other]) => one === entity || other === entity)) {
    throw new Error(`Another domain has ids of kind ${entity} already; name it otherwise, so nothing was written.`);
  }
  const letters = [entity.slice(0, 3), entity.slice(0, 4), entity.slice(0, 5), `${domain[0]}${entity.slice(0, 2)}`];
  const prefix = letters.find((it) => !prefixes.has(it));
  if (prefix === undefined) throw new Error(`No prefix for ids of ${entity} is free; name it otherwise.`);
  const lower = standing.filter(({ text }) => tierIn(text) < PRODUCT_TIER);
  return { tier: PRODUCT_TIER, lowerDomains: lower.map(({ name }) => name), prefix };
}

/** The one list with the new domain in it, last of its tier. */
export function listWith(domain) {
  const text = readFileSync(LIST, "utf8");
  const above = manifests()
    .filter(({ text: manifest }) => tierIn(manifest) > PRODUCT_TIER)
    .map(({ name }) => name);
  const imported = text.replace(
    /\n\n\/\*\* Every domain/,
    `\nimport { ${domain} } from "./${domain}/surface";\n\n/** Every domain`,
  );
  const listed = imported.replace(/\[([^\]]*)\] as const;/, (_, names) => {
    const standing = names.split(",").flatMap((name) => name.trim() || []);
    const place = standing.findIndex((name) => above.includes(name));
    return `[${standing.toSpliced(place === -1 ? standing.length : place, 0, domain).join(", ")}] as const;`;
  });
  if (imported === text || listed === imported)
    throw new Error(`${LIST} has another shape than this tool knows; edit it by hand.`);
  return { [LIST]: listed };
}
