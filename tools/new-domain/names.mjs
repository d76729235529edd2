const capitalised = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * The spellings of a domain and its first entity: `snapshots` gives `snapshots`, `snapshot`, `Snapshot`, `SNAPSHOT`. A name without a plural is
 * its own entity. Throws an Error with a sentence when the name cannot be a folder, a table and a scope at once.
 */
export function namesOf(domain) {
  if (!/^[a-z]{3,30}$/.test(domain ?? "")) {
    throw new Error(
      "A domain is named by one word of 3 to 30 small letters, in the plural where it has one: snapshots.",
    );
  }
  const entity = /[^s]s$/.test(domain) ? domain.slice(0, -1) : domain;
  return { domain, entity, Entity: capitalised(entity), Domain: capitalised(domain), ENTITY: entity.toUpperCase() };
}
