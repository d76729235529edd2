import "server-only";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { marked } from "marked";

/** The pages lie beside the code, one file a runbook; they are written by us and read at build. */
const FOLDER = join(process.cwd(), "runbooks");

export type Runbook = { readonly slug: string; readonly title: string; readonly html: string };

const titleOf = (text: string, slug: string): string => /^# (.+)$/m.exec(text)?.[1] ?? slug;

/** Slugs of all runbooks, by name. */
export const listRunbooks = (): readonly Pick<Runbook, "slug" | "title">[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .sort()
    .map((name) => {
      const slug = name.replace(/\.md$/, "");
      return { slug, title: titleOf(readFileSync(join(FOLDER, name), "utf8"), slug) };
    });

/** One runbook as HTML, its title apart; undefined where there is none of that name. */
export function readRunbook(slug: string): Runbook | undefined {
  if (!listRunbooks().some((known) => known.slug === slug)) return undefined;
  const text = readFileSync(join(FOLDER, `${slug}.md`), "utf8");
  const parsed = marked.parse(text.replace(/^# .+$/m, ""), { async: false });
  // One file names another as files do; here each is a page.
  const html = parsed.replace(/href="([\w-]+)\.md"/g, 'href="/docs/runbooks/$1"');
  return { slug, title: titleOf(text, slug), html };
}
