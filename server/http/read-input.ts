import type { z } from "zod";
import { invalid } from "@/server/kernel/errors";
import type { Admitted } from "./admission/admit";
import type { RouteDefinition } from "./define-route";

const refuse = (field: string, message: string) =>
  invalid("kernel.invalid_input", `${field}: ${message}`, { fieldErrors: Object.fromEntries([[field, [message]]]) });

function queryOf(parameters: readonly (readonly [string, string])[]): Record<string, unknown> {
  const seen = new Set<string>();
  for (const [name] of parameters) {
    // Two values mean that two readers could each see another one.
    if (seen.has(name)) throw refuse(name, "given more than once");
    seen.add(name);
  }
  // From entries, not by assignment: `__proto__` is a name like any other here.
  return Object.fromEntries(parameters);
}

function assertKnown(
  given: Readonly<Record<string, unknown>>,
  shape: z.ZodObject["shape"],
  params: ReadonlySet<string>,
) {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(shape, name) || params.has(name)) throw refuse(name, "there is no such parameter here");
  }
}

/**
 * The raw input of a route: its path parameters with the query (GET, DELETE) or the JSON body (the rest). A route that takes bytes has its
 * path and query alone.
 * @throws invalid kernel.invalid_input for unknown or doubled parameters
 */
export function inputOf(
  route: RouteDefinition,
  { query, body }: Pick<Admitted, "query" | "body">,
  params: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const names = new Set(Object.keys(params));
  const parameters = queryOf(query);
  if (route.method === "GET" || route.method === "DELETE" || route.body === "bytes") {
    assertKnown(parameters, route.input.shape, names);
    return { ...parameters, ...params };
  }
  assertKnown(parameters, {}, names);
  assertKnown(body.json, route.input.shape, names);
  return { ...body.json, ...params };
}
