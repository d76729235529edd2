/** One key to set: `section` is "" for the keys before the first header, `value` is TOML source (already quoted where it is a string). */
export type TomlEdit = { readonly section: string; readonly key: string; readonly value: string };

const SECTION_HEADER = /^\s*\[([A-Za-z0-9_.-]+)\]\s*(?:#.*)?$/;
const KEY_LINE = /^\s*([A-Za-z0-9_-]+)\s*=\s*(.*)$/;

type KeyLine = { readonly section: string; readonly key: string; readonly index: number; readonly value: string };

function keyLines(lines: readonly string[]): KeyLine[] {
  const found: KeyLine[] = [];
  let section = "";
  lines.forEach((line, index) => {
    const header = SECTION_HEADER.exec(line);
    if (header?.[1] !== undefined) section = header[1];
    const key = KEY_LINE.exec(line);
    if (key?.[1] !== undefined) found.push({ section, key: key[1], index, value: key[2] ?? "" });
  });
  return found;
}

function opensMoreLines(value: string): boolean {
  const isOpenArray = value.startsWith("[") && !value.includes("]");
  return isOpenArray || value.startsWith('"""') || value.startsWith("'''");
}

/**
 * Replaces the values of named keys in named sections and leaves every other byte as it was. It is no TOML parser: it edits the files that
 * `posd init` writes (one `key = value` a line) and would rather throw than guess: a key that is missing, there twice, or spread over several
 * lines, and a value that holds a line break, are errors that name the key.
 */
export function setTomlValues(text: string, edits: readonly TomlEdit[]): string {
  const lines = text.split("\n");
  const known = keyLines(lines);
  for (const edit of edits) {
    const name = edit.section === "" ? edit.key : `${edit.section}.${edit.key}`;
    if (/[\r\n]/.test(edit.value)) throw new Error(`The value for ${name} holds a line break.`);
    const matches = known.filter((line) => line.section === edit.section && line.key === edit.key);
    const [match] = matches;
    if (match === undefined) throw new Error(`The key ${name} is missing.`);
    if (matches.length > 1) throw new Error(`The key ${name} is there ${matches.length} times.`);
    if (opensMoreLines(match.value)) throw new Error(`The value of ${name} spreads over several lines.`);
    lines[match.index] = `${edit.key} = ${edit.value}`;
  }
  return lines.join("\n");
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

/** A TOML basic string (TOML 1.0, "String"): quotes, backslashes, controls and lone surrogates escaped or replaced, so any text stays one value. */
export function tomlString(text: string): string {
  const escaped = [...text].map((character) => {
    const short = SHORT_ESCAPES[character];
    if (short !== undefined) return short;
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
    if (code < 0x20 || code === 0x7f) return `\\u${code.toString(16).padStart(4, "0")}`;
    return character;
  });
  return `"${escaped.join("")}"`;
}
