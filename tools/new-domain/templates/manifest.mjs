/** What the domain says of itself, and what of it the rest of the server may have. */
export function manifestTemplates(names) {
  const { domain, Domain, entity, plural, Plural, prefix, tier, lowerDomains, table, href, one } = names;
  const folder = `server/domains/${domain}`;
  return {
    [`${folder}/domain.ts`]: `import { defineDomain } from "@/server/kernel/domain";

/** The ${plural} of each organisation. */
export const ${domain}Domain = defineDomain({
  name: "${domain}",
  title: "${Domain}",
  tier: ${tier},
  ids: { ${entity}: "${prefix}" },
  levels: {
    read: { role: "viewer", words: "Read ${plural}" },
    write: { role: "developer", words: "Make and retire ${plural}" },
  },
  navigation: [{ section: "product", label: "${Plural}", href: "${href}", keywords: ["${domain}"] }],
});
`,
    [`${folder}/surface.ts`]: `import "server-only";
import { defineSurface } from "@/server/kernel/domain";
import { ${domain}Domain } from "./domain";
import * as verbs from "./index";
import { published } from "./published";
import { work } from "./work";

/** All that the rest of the server may ask of this domain. */
export const ${domain} = defineSurface(${domain}Domain, { verbs, published, work });
`,
    [`${folder}/README.md`]: `# ${domain}

One ${entity} is a name that its organisation keeps until it retires it. Owns \`${table}\`.

\`\`\`mermaid
stateDiagram-v2
  [*] --> pending
  pending --> ready
  pending --> retired
  ready --> retired
\`\`\`

- **Ready is what the work makes it**: \`work.ts\` prepares ${one}; a sweep finds those that were lost on the way.
- **Retired is for ever**: a row is never deleted and never comes back.

Events in: none. Events out: \`events.ts\`. Tier ${tier}: may import ${lowerDomains.join(", ")}.
`,
  };
}
