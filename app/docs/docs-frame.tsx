import Link from "next/link";
import type { ReactNode } from "react";
import { PublicHeader } from "@/components/landing/public-header";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { readApi } from "./api/api-document";
import { GUIDES } from "./guides";

type DocsFrameProps = { /** Address of the page in view. */ current: string; words?: string; children: ReactNode };

/** The frame of the documentation: its pages at the left, the search above, plain HTML throughout. */
export async function DocsFrame({ current, words = "", children }: DocsFrameProps) {
  const { groups } = await readApi();
  const sections = [
    {
      label: "Guides",
      links: [
        ...GUIDES.map(({ slug, title }) => ({ href: `/docs/${slug}`, label: title })),
        { href: "/docs/runbooks", label: "Runbooks" },
      ],
    },
    {
      label: "API",
      links: [
        { href: "/docs/api", label: "Overview and errors" },
        ...groups.map(({ slug, tag }) => ({ href: `/docs/api/${slug}`, label: tag })),
      ],
    },
  ];
  return (
    <>
      <PublicHeader />
      <div className="mx-auto grid max-w-320 gap-x-10 gap-y-6 px-4 py-8 sm:px-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <div className="text-sm lg:sticky lg:top-4 lg:self-start">
          <search>
            <form action="/docs/search" className="mb-5 flex gap-2">
              <Input
                name="q"
                type="search"
                defaultValue={words}
                aria-label="Search the documentation"
                maxLength={100}
              />
              <Button type="submit">Search</Button>
            </form>
          </search>
          {/* On a narrow screen the page comes first: its list of pages is one press away. */}
          <details className="rounded-md border bg-panel px-4 lg:hidden">
            <summary className="min-h-row cursor-pointer py-2 font-medium">Pages of the documentation</summary>
            <DocsPages sections={sections} current={current} />
          </details>
          <div className="max-lg:hidden">
            <DocsPages sections={sections} current={current} />
          </div>
        </div>
        <main id="content" tabIndex={-1} className="min-w-0 outline-none">
          {children}
        </main>
      </div>
    </>
  );
}

type Section = { readonly label: string; readonly links: readonly { readonly href: string; readonly label: string }[] };

function DocsPages({ sections, current }: { sections: readonly Section[]; current: string }) {
  return (
    <nav aria-label="Documentation" className="max-lg:flex max-lg:flex-wrap max-lg:gap-x-8 max-lg:pt-2">
      {sections.map(({ label, links }) => (
        <div key={label} className="mb-4">
          <p className="mb-1 font-semibold">{label}</p>
          <ul>
            {links.map(({ href, label: name }) => (
              <li key={href}>
                <Link
                  href={href}
                  prefetch={false}
                  aria-current={href === current ? "page" : undefined}
                  className="block py-1 text-ink-muted hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
