/** One value of a message, under its path. */
export type MessageRow = { readonly path: string; readonly value: string };

/** Rows of one message that are shown; a proposal may carry megabytes. */
const MAX_ROWS = 200;
const MAX_VALUE_CHARACTERS = 2_000;

/** The fields of a message as the chain writes it in JSON, each with its path, its type left out. What is cut says so. */
export function messageRows(json: string): readonly MessageRow[] {
  const rows: MessageRow[] = [];
  const visit = (value: unknown, path: string): void => {
    if (rows.length > MAX_ROWS) return;
    if (typeof value === "object" && value !== null) {
      const entries = Array.isArray(value)
        ? value.map((element, index) => [`${path}[${index}]`, element] as const)
        : Object.entries(value).map(([key, inner]) => [path === "" ? key : `${path}.${key}`, inner] as const);
      for (const [innerPath, inner] of entries) if (innerPath !== "@type") visit(inner, innerPath);
      if (entries.length === 0 && path !== "") rows.push({ path, value: Array.isArray(value) ? "none" : "empty" });
      return;
    }
    const text = value === null ? "null" : String(value);
    const isCut = text.length > MAX_VALUE_CHARACTERS;
    rows.push({
      path,
      value: isCut
        ? `${text.slice(0, MAX_VALUE_CHARACTERS)}… (${text.length} characters)`
        : text === ""
          ? "empty"
          : text,
    });
  };
  visit(JSON.parse(json), "");
  return rows.length > MAX_ROWS
    ? [...rows.slice(0, MAX_ROWS), { path: "…", value: "More fields follow, which are not shown here." }]
    : rows;
}
