import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readApi } from "../api/api-document";
import { DocsFrame } from "../docs-frame";
import { GUIDES } from "../guides";

type Props = { params: Promise<{ page: string }> };

const guideOf = async ({ params }: Props) => {
  const { page } = await params;
  return GUIDES.find(({ slug }) => slug === page);
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await guideOf(props))?.title ?? "Documentation" };
}

/** One guide. */
export default async function GuidePage(props: Props) {
  const guide = await guideOf(props);
  if (!guide) notFound();
  const { origin } = await readApi();
  return (
    <DocsFrame current={`/docs/${guide.slug}`}>
      <h1 className="text-2xl font-semibold tracking-tight">{guide.title}</h1>
      <p className="mt-2 max-w-180 text-lg text-pretty text-ink-muted">{guide.lead}</p>
      {guide.sections.map((section) => (
        <section key={section.id} aria-labelledby={section.id} className="mt-8">
          <h2 id={section.id} className="mb-2 scroll-mt-4 text-xl font-semibold tracking-tight">
            {section.heading}
          </h2>
          {section.paragraphs.map((paragraph) => (
            <p key={paragraph} className="mb-3 max-w-180 text-lg text-pretty">
              {paragraph}
            </p>
          ))}
          {section.code ? (
            <pre className="rounded-md border bg-sunken p-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
              {section.code.replaceAll("$ORIGIN", origin)}
            </pre>
          ) : null}
        </section>
      ))}
    </DocsFrame>
  );
}
