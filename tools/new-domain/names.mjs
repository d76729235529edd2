const capitalised = (word) => word.charAt(0).toUpperCase() + word.slice(1);
const isWord = (word) => /^[a-z]{3,30}$/.test(word ?? "");

/** Value behind `--name` among the arguments, or undefined. */
function option(argv, name) {
  const at = argv.indexOf(`--${name}`);
  return at === -1 ? undefined : argv[at + 1];
}

/**
 * The spellings of a domain and of what it keeps, from the command line: `demo --entity entry --plural entries`. A domain whose name is a plural
 * needs no more: `snapshots` keeps snapshots. Throws an Error with a sentence for a name that cannot be a folder, a table and a scope at once.
 */
export function namesOf(argv) {
  const [domain] = argv;
  const isPlural = /[^s]s$/.test(domain ?? "");
  const entity = option(argv, "entity") ?? (isPlural ? domain.slice(0, -1) : undefined);
  const plural = option(argv, "plural") ?? (isPlural ? domain : undefined);
  if (!isWord(domain)) throw new Error("A domain is named by one word of 3 to 30 small letters: snapshots.");
  if (entity === undefined || plural === undefined) {
    throw new Error(
      `Say what ${domain} keeps, one and many: npm run new:domain ${domain} -- --entity entry --plural entries.`,
    );
  }
  if (!isWord(entity) || !isWord(plural) || entity === plural) {
    throw new Error("What a domain keeps is named by two words of 3 to 30 small letters: entry, entries.");
  }
  const one = `${/^[aeiou]/.test(entity) ? "an" : "a"} ${entity}`;
  return {
    domain,
    Domain: capitalised(domain),
    entity,
    Entity: capitalised(entity),
    ENTITY: entity.toUpperCase(),
    one,
    One: capitalised(one),
    plural,
    Plural: capitalised(plural),
    table: plural === domain ? plural : `${domain}_${plural}`,
    // Its pages lie in a folder named for the domain, by which it is known whose they are.
    href: plural === domain ? `/${plural}` : `/${domain}/${plural}`,
  };
}
