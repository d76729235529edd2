import "server-only";
import { sessionCookieName } from "@/server/auth/session-cookie";
import { buildOpenApi, type OpenApiDocument, type OpenApiOperation } from "@/server/http/openapi/build";
import { ROUTES } from "@/server/http/routes";
import { getRuntime } from "@/server/runtime/runtime";

/** One route of the reference. */
type ApiOperation = { readonly method: string; readonly path: string; readonly operation: OpenApiOperation };
/** The routes under one heading; `slug` is its page. */
export type ApiGroup = { readonly tag: string; readonly slug: string; readonly operations: readonly ApiOperation[] };

/** Built once for each address that the installation is reached at: the table of routes does not change while it runs. */
const built = new Map<string, { readonly document: OpenApiDocument; readonly groups: readonly ApiGroup[] }>();

const slugOf = (tag: string): string => tag.toLowerCase().replace(/[^a-z0-9]+/g, "-");

function groupsOf({ paths }: OpenApiDocument): readonly ApiGroup[] {
  const groups = new Map<string, ApiOperation[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? "Other";
      groups.set(tag, [...(groups.get(tag) ?? []), { method: method.toUpperCase(), path, operation }]);
    }
  }
  return [...groups]
    .map(([tag, operations]) => ({ tag, slug: slugOf(tag), operations }))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

/** The API as its pages show it, by heading. */
export async function readApi() {
  const { publicUrl } = (await getRuntime()).settings;
  const known = built.get(publicUrl);
  if (known) return { ...known, origin: new URL(publicUrl).origin };
  const document = buildOpenApi(ROUTES, { publicUrl, sessionCookie: sessionCookieName(publicUrl) });
  const made = { document, groups: groupsOf(document) };
  built.set(publicUrl, made);
  return { ...made, origin: new URL(publicUrl).origin };
}
