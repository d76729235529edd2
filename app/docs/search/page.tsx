import type { Metadata } from "next";
import { type PageSearch, toSearchParams } from "@/app/first-read";
import { readApi } from "../api/api-document";
import { DocsFrame } from "../docs-frame";
import { GUIDES } from "../guides";
import { searchDocs } from "./search-docs";

export const metadata: Metadata = { title: "Search the documentation" };

const MAX_WORDS_LENGTH = 100;

/** What the guides and the API have of the words in the address; plain HTML, so that it works without a script. */
export default async function DocsSearchPage({ searchParams }: { searchParams: PageSearch }) {
  const words = ((await toSearchParams(searchParams)).get("q") ?? "").slice(0, MAX_WORDS_LENGTH);
  const hits = searchDocs(GUIDES, (await readApi()).groups, words);
  return (
    <DocsFrame current="/docs/search" words={words}>
      <h1 className="text-2xl font-semibold tracking-tight">Search</h1>
      <p className="mt-2 text-ink-muted">
        {words.trim() === ""
          ? "Type a word of a guide, a route or a field."
          : hits.length === 0
            ? "Nothing in the guides and the API has all of these words. Try fewer."
            : `${hits.length} ${hits.length === 1 ? "place has" : "places have"} these words.`}
      </p>
      <ol className="mt-6 grid gap-4">
        {hits.map((hit) => (
          <li key={hit.href}>
            <a href={hit.href} className="text-lg text-accent underline underline-offset-4">
              {hit.title}
            </a>
            <p className="text-xs text-ink-muted">{hit.where}</p>
            <p className="max-w-160 text-sm wrap-anywhere text-ink-muted">{hit.text}</p>
          </li>
        ))}
      </ol>
    </DocsFrame>
  );
}
