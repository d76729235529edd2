import type { Metadata } from "next";
import Link from "next/link";
import { readApi } from "./api/api-document";
import { DocsFrame } from "./docs-frame";
import { GUIDES } from "./guides";

export const metadata: Metadata = { title: "Documentation" };

/** Where the documentation begins: its guides in a line each, and the API by heading. */
export default async function DocsPage() {
  const { groups } = await readApi();
  return (
    <DocsFrame current="/docs">
      <h1 className="text-2xl font-semibold tracking-tight">Documentation</h1>
      <ul className="mt-6 grid gap-5">
        {GUIDES.map(({ slug, title, lead }) => (
          <li key={slug}>
            <Link href={`/docs/${slug}`} className="text-lg text-accent underline underline-offset-4">
              {title}
            </Link>
            <p className="mt-1 max-w-160 text-ink-muted">{lead}</p>
          </li>
        ))}
        <li>
          <Link href="/docs/api" className="text-lg text-accent underline underline-offset-4">
            API reference
          </Link>
          <p className="mt-1 max-w-160 text-ink-muted">
            {groups.map(({ tag }) => tag).join(", ")}: every route with its fields, units, an example and its refusals.
          </p>
        </li>
      </ul>
    </DocsFrame>
  );
}
