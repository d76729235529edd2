/** Puts `added` before `anchor` in the text; throws when the anchor is not there exactly once. */
function before(text, anchor, added, path) {
  if (text.split(anchor).length !== 2)
    throw new Error(`${path} has no single "${anchor.trim()}" to insert at; edit it by hand.`);
  return text.replace(anchor, `${added}${anchor}`);
}

/** Changes of existing files that a new domain needs: each path with a function from its text to the new text. */
export function editsFor({ domain }) {
  const list = "server/domains/domains.ts";
  return {
    [list]: (text) => {
      const imported = before(
        text,
        "\n/** Every domain of the product",
        `import { ${domain} } from "./${domain}/surface";\n`,
        list,
      );
      return before(imported, "] as const;", `, ${domain}`, list);
    },
  };
}
