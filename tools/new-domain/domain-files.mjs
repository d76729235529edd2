/** The files that every domain has, by path from the root; a meta test holds every domain to this list, and the generator writes it. */
export const requiredFiles = (domain) => [
  `db/schema/${domain}.ts`,
  `server/domains/${domain}/repository.ts`,
  `server/domains/${domain}/README.md`,
  `server/domains/${domain}/constants.ts`,
  `server/domains/${domain}/domain.ts`,
  `server/domains/${domain}/errors.ts`,
  `server/domains/${domain}/index.ts`,
  `server/domains/${domain}/schemas.ts`,
  `server/domains/${domain}/published.ts`,
  `server/domains/${domain}/surface.ts`,
];
