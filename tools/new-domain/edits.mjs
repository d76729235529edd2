/** Puts `added` before `anchor` in the text; throws when the anchor is not there exactly once. */
function before(text, anchor, added, path) {
  if (text.split(anchor).length !== 2)
    throw new Error(`${path} has no single "${anchor.trim()}" to insert at; edit it by hand.`);
  return text.replace(anchor, `${added}${anchor}`);
}

/** A prefix of three or four letters that no other kind of id has. */
function freePrefix(text, entity) {
  const taken = new Set([...text.matchAll(/: "([a-z]{3,4})"/g)].map(([, prefix]) => prefix));
  const free = [entity.slice(0, 3), entity.slice(0, 4), `${entity.slice(0, 2)}${entity.slice(-1)}`].find(
    (prefix) => !taken.has(prefix),
  );
  if (free === undefined)
    throw new Error(`No prefix for ${entity} is free; add one to server/kernel/id-pattern.ts by hand.`);
  return free;
}

/** Changes of existing files that a new domain needs: each path with a function from its text to the new text. */
export function editsFor({ domain, entity }) {
  const scopes = "server/kernel/scopes.ts";
  const root = "server/trpc/root.ts";
  return {
    "server/kernel/id-pattern.ts": (text) =>
      before(
        text,
        "} as const;\n\nexport type IdKind",
        `  ${entity}: "${freePrefix(text, entity)}",\n`,
        "server/kernel/id-pattern.ts",
      ),
    [scopes]: (text) => {
      const declared = before(
        text,
        `  "audit:read",\n  "platform:read",`,
        `  "${domain}:read",\n  "${domain}:write",\n`,
        scopes,
      );
      return declared
        .replace("const READ: readonly Scope[] = [", `const READ: readonly Scope[] = ["${domain}:read", `)
        .replace(
          "const WRITE: readonly Scope[] = [...READ, ",
          `const WRITE: readonly Scope[] = [...READ, "${domain}:write", `,
        );
    },
    [root]: (text) => {
      const imported = before(
        text,
        "\n/** Everything that pages ask",
        `import { ${domain}Router } from "./routers/${domain}";\n`,
        root,
      );
      return before(imported, "});\n\n/** What the browser", `  ${domain}: ${domain}Router,\n`, root);
    },
  };
}
