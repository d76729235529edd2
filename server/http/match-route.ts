import type { HttpMethod, RouteDefinition } from "./define-route";

export type RouteMatch =
  | { readonly kind: "found"; readonly route: RouteDefinition; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: "method_not_allowed"; readonly allowed: readonly HttpMethod[] }
  | { readonly kind: "not_found" };

/** Names of the parameters in a path template, in order. */
export const pathParameters = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function matchPath(template: string, segments: readonly string[]): Record<string, string> | undefined {
  const wanted = template.split("/");
  if (wanted.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const segment = decode(segments[index] ?? "");
    if (segment === undefined) return undefined;
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== segment : segment === "") return undefined;
    if (name !== undefined) params[name] = segment;
  }
  return params;
}

/** Finds the route of a path; a literal segment beats a parameter. */
export function matchRoute(routes: readonly RouteDefinition[], method: string, pathname: string): RouteMatch {
  const segments = pathname.split("/");
  const hits = routes
    .map((route) => ({ route, params: matchPath(route.path, segments) }))
    .filter((hit): hit is { route: RouteDefinition; params: Record<string, string> } => hit.params !== undefined)
    .sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length);
  const fewest = Object.keys(hits[0]?.params ?? {}).length;
  const best = hits.filter((hit) => Object.keys(hit.params).length === fewest);
  const found = best.find((hit) => hit.route.method === method);
  if (found) return { kind: "found", ...found };
  if (best.length > 0) return { kind: "method_not_allowed", allowed: best.map((hit) => hit.route.method) };
  return { kind: "not_found" };
}
