import type { ApiGroup } from "../api/api-document";
import type { Guide } from "../guides";

/** One place of the documentation that has the words. */
type DocsHit = { readonly href: string; readonly title: string; readonly where: string; readonly text: string };

const MAX_HITS = 40;
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? [];

type Entry = DocsHit & { /** Looked in besides what is shown. */ readonly more: string };

const entriesOf = (guides: readonly Guide[], groups: readonly ApiGroup[]): readonly Entry[] => [
  ...guides.flatMap((guide) =>
    guide.sections.map((section) => ({
      href: `/docs/${guide.slug}#${section.id}`,
      title: section.heading,
      where: guide.title,
      text: section.paragraphs[0] ?? "",
      more: `${guide.title} ${section.paragraphs.join(" ")} ${section.code ?? ""}`,
    })),
  ),
  ...groups.flatMap(({ slug, tag, operations }) =>
    operations.map(({ method, path, operation }) => ({
      href: `/docs/api/${slug}#${operation.operationId}`,
      title: operation.summary,
      where: `API, ${tag}`,
      text: `${method} ${path}`,
      more: `${operation.operationId} ${operation.description} ${(operation.parameters ?? []).map(({ name }) => name).join(" ")}`,
    })),
  ),
];

/** The places that have every word, those with the words in their title first. */
export function searchDocs(guides: readonly Guide[], groups: readonly ApiGroup[], asked: string): readonly DocsHit[] {
  const words = wordsOf(asked);
  if (words.length === 0) return [];
  const inAll = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  return entriesOf(guides, groups)
    .filter(({ title, text, more }) => inAll(`${title} ${text} ${more}`))
    .sort((one, other) => Number(inAll(other.title)) - Number(inAll(one.title)))
    .slice(0, MAX_HITS)
    .map(({ more: _more, ...hit }) => hit);
}
