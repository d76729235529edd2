// Changes single values of a TOML file that a program wrote, keeping its comments and order.

/**
 * Sets values by section and key. The keys must be there already: a key that is missing means the file was written by
 * another version than the one this was tried with, which is better said than guessed.
 *
 * @param {string} text a TOML file with one `key = value` a line, as posd writes them
 * @param {Record<string, Record<string, string | number | boolean | readonly string[]>>} edits by section; "" is the
 *   part before the first section
 * @returns {string}
 * @throws {Error} when a key is not in the file
 */
export function editToml(text, edits) {
  const pending = new Map();
  for (const [section, values] of Object.entries(edits)) {
    for (const [key, value] of Object.entries(values)) pending.set(`${section}\0${key}`, value);
  }
  let section = "";
  const lines = text.split("\n").map((line) => {
    const header = /^\[([A-Za-z0-9_.-]+)\]\s*$/.exec(line);
    if (header) {
      section = header[1];
      return line;
    }
    const name = /^([A-Za-z0-9_-]+)\s*=/.exec(line)?.[1];
    const id = `${section}\0${name}`;
    if (name === undefined || !pending.has(id)) return line;
    const value = pending.get(id);
    pending.delete(id);
    return `${name} = ${tomlValue(value)}`;
  });
  if (pending.size > 0) {
    const names = [...pending.keys()].map((id) => id.replace("\0", ".").replace(/^\./, ""));
    throw new Error(`These settings are not in the file that posd wrote: ${names.join(", ")}.`);
  }
  return lines.join("\n");
}

/** JSON's strings, numbers, booleans and arrays of strings are TOML's too (TOML 1.0, basic strings). */
function tomlValue(value) {
  return JSON.stringify(value);
}
