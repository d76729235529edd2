import type { Metadata } from "next";
import { PublicHeader } from "@/components/landing/public-header";
import { sessionCookieName } from "@/server/auth/session-cookie";
import { buildOpenApi, type OpenApiOperation } from "@/server/http/openapi/build";
import { ROUTES } from "@/server/http/routes";
import { ERROR_KINDS, ERROR_TABLE } from "@/server/kernel/error-table";
import { getRuntime } from "@/server/runtime/runtime";
import { OperationView } from "./operation-view";

export const metadata: Metadata = { title: "API" };

/** Operations of the document by tag, in the order of its paths. */
function byTag(paths: ReturnType<typeof buildOpenApi>["paths"]) {
  const groups = new Map<string, { method: string; path: string; operation: OpenApiOperation }[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? "";
      groups.set(tag, [...(groups.get(tag) ?? []), { method: method.toUpperCase(), path, operation }]);
    }
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The OpenAPI document as a page: every route with what it takes, answers and refuses. */
export default async function ApiPage() {
  const { settings } = await getRuntime();
  const document = buildOpenApi(ROUTES, {
    publicUrl: settings.publicUrl,
    sessionCookie: sessionCookieName(settings.publicUrl),
  });
  const groups = byTag(document.paths);
  const origin = new URL(settings.publicUrl).origin;
  return (
    <>
      <PublicHeader />
      <div className="mx-auto grid max-w-320 gap-x-10 px-4 py-8 sm:px-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <nav
          aria-label="Routes"
          className="hidden max-h-dvh overflow-y-auto text-sm lg:sticky lg:top-4 lg:block lg:self-start"
        >
          {groups.map(([tag, operations]) => (
            <div key={tag} className="mb-4">
              <p className="mb-1 font-semibold">{tag}</p>
              <ul>
                {operations.map(({ operation }) => (
                  <li key={operation.operationId}>
                    <a href={`#${operation.operationId}`} className="block py-1 text-ink-muted hover:text-ink">
                      {operation.operationId}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        <main id="content" className="min-w-0">
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
          {groups.map(([tag, operations]) => (
            <section key={tag} aria-label={tag} className="mt-10">
              <h2 className="mb-3 text-xl font-semibold tracking-tight">{tag}</h2>
              <div className="grid gap-4">
                {operations.map((one) => (
                  <OperationView key={one.operation.operationId} {...one} components={document.components.schemas} />
                ))}
              </div>
            </section>
          ))}
          <section aria-labelledby="errors" className="mt-10">
            <h2 id="errors" className="mb-3 text-xl font-semibold tracking-tight">
              Errors
            </h2>
            <p className="mb-3 max-w-180 text-ink-muted">
              Every refusal is <code className="font-mono text-sm">application/problem+json</code> (RFC 9457) with{" "}
              <code className="font-mono text-sm">code</code>, <code className="font-mono text-sm">detail</code>,
              messages by field under <code className="font-mono text-sm">errors</code>, and the request id as{" "}
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
        </main>
      </div>
    </>
  );
}
