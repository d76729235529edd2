import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { PublicHeader } from "@/components/landing/public-header";
import { listRunbooks, readRunbook } from "../read-runbooks";

export const dynamicParams = false;
export const generateStaticParams = () => listRunbooks().map(({ slug }) => ({ slug }));

type Params = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: readRunbook((await params).slug)?.title ?? "Runbook" };
}

/** One runbook: how it shows, what to look at, what to do, and the way back. */
export default async function RunbookPage({ params }: Params) {
  const runbook = readRunbook((await params).slug);
  if (!runbook) notFound();
  return (
    <>
      <PublicHeader />
      <main id="content" tabIndex={-1} className="mx-auto max-w-180 px-4 py-8 sm:px-6 outline-none">
        <p className="text-sm text-ink-muted">
          <Link href="/docs/runbooks" className="underline underline-offset-4 hover:text-ink">
            All runbooks
          </Link>
        </p>
        <h1 className="mt-2 text-2xl font-semibold tracking-tight">{runbook.title}</h1>
        <div
          className="prose-runbook mt-4 text-lg"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: the text is a file of this repository, read at build
          dangerouslySetInnerHTML={{ __html: runbook.html }}
        />
      </main>
    </>
  );
}
