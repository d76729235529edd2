import type { Metadata } from "next";
import Link from "next/link";
import { PublicHeader } from "@/components/landing/public-header";
import { listRunbooks } from "./read-runbooks";

export const metadata: Metadata = { title: "Runbooks" };

/** Every runbook by its title. */
export default function RunbooksPage() {
  return (
    <>
      <PublicHeader />
      <main id="content" tabIndex={-1} className="mx-auto max-w-180 px-4 py-8 sm:px-6 outline-none">
        <h1 className="text-2xl font-semibold tracking-tight">Runbooks</h1>
        <p className="mt-3 text-lg text-ink-muted">
          One page for each thing that can go wrong: how it shows, what to look at, what to do.
        </p>
        <ul className="mt-4 grid gap-1 text-lg">
          {listRunbooks().map(({ slug, title }) => (
            <li key={slug}>
              <Link
                href={`/docs/runbooks/${slug}`}
                className="block py-1 underline underline-offset-4 hover:text-accent"
              >
                {title}
              </Link>
            </li>
          ))}
        </ul>
      </main>
    </>
  );
}
