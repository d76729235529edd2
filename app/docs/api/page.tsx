import type { Metadata } from "next";
import Link from "next/link";
import { ERROR_KINDS, ERROR_TABLE } from "@/server/kernel/error-table";
import { DocsFrame } from "../docs-frame";
import { readApi } from "./api-document";

export const metadata: Metadata = { title: "API" };

/** What all routes have in common, every route by name, and the errors. */
export default async function ApiPage() {
  const { groups, origin } = await readApi();
  return (
    <DocsFrame current="/docs/api">
      <h1 className="text-2xl font-semibold tracking-tight">API</h1>
      <div className="mt-3 grid max-w-180 gap-3 text-ink-muted">
        <p>
          Validators, networks, regions and tokens for programs. The same in machine form:{" "}
          <a href="/api/v1/openapi.json" className="text-accent underline underline-offset-4">
            /api/v1/openapi.json
          </a>{" "}
          (OpenAPI 3.1).
        </p>
        <p>
          Send an API token or an access token as <code className="font-mono text-sm">Authorization: Bearer</code>.
          Lists take <code className="font-mono text-sm">limit</code> and{" "}
          <code className="font-mono text-sm">cursor</code>. Unknown parameters are refused. A POST with the same{" "}
          <code className="font-mono text-sm">Idempotency-Key</code> within 24 hours gets the first result again.
        </p>
      </div>
      <pre className="mt-4 whitespace-pre-wrap wrap-anywhere rounded-md border bg-sunken p-3 font-mono text-xs">
        {`curl ${origin}/api/v1/auth/verify -H "Authorization: Bearer $TOKEN"`}
      </pre>
      {groups.map(({ tag, slug, operations }) => (
        <section key={tag} aria-label={tag} className="mt-8">
          <h2 className="mb-2 text-xl font-semibold tracking-tight">
            <Link href={`/docs/api/${slug}`} prefetch={false} className="text-accent underline underline-offset-4">
              {tag}
            </Link>
          </h2>
          <ul className="grid gap-x-8 text-sm sm:grid-cols-2">
            {operations.map(({ method, path, operation }) => (
              // An operation was an anchor of this page once: links to it still land beside its name.
              <li key={operation.operationId} id={operation.operationId} className="scroll-mt-4 py-1">
                <a href={`/docs/api/${slug}#${operation.operationId}`} className="hover:underline">
                  {operation.summary}
                </a>
                <span className="block font-mono text-xs wrap-anywhere text-ink-muted">
                  {method} {path}
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section aria-labelledby="errors" className="mt-10">
        <h2 id="errors" className="mb-3 text-xl font-semibold tracking-tight">
          Errors
        </h2>
        <p className="mb-3 max-w-180 text-ink-muted">
          Every refusal is <code className="font-mono text-sm">application/problem+json</code> (RFC 9457) with{" "}
          <code className="font-mono text-sm">code</code>, <code className="font-mono text-sm">detail</code>, messages
          by field under <code className="font-mono text-sm">errors</code>, and the request id as{" "}
          <code className="font-mono text-sm">instance</code>. Switch on the code, never on words.
        </p>
        <table className="w-full max-w-180 text-sm">
          <thead>
            <tr className="border-b text-left text-xs text-ink-muted">
              <th className="py-1 font-medium">Status</th>
              <th className="py-1 font-medium">Kind</th>
              <th className="py-1 font-medium">Title</th>
            </tr>
          </thead>
          <tbody>
            {ERROR_KINDS.map((kind) => (
              <tr key={kind} id={`error-${kind}`} className="border-b target:bg-accent-wash">
                <td className="py-1 font-mono">{ERROR_TABLE[kind].http}</td>
                <td className="py-1 font-mono">{kind}</td>
                <td className="py-1">{ERROR_TABLE[kind].title}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </DocsFrame>
  );
}
