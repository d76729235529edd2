import type { z } from "zod";
import { invalid } from "@/server/kernel/errors";
import type { RouteDefinition } from "./define-route";
import { readJsonObject } from "./read-body";

const refuse = (field: string, message: string) =>
  invalid("kernel.invalid_input", `${field}: ${message}`, { fieldErrors: Object.fromEntries([[field, [message]]]) });

function queryOf(url: URL): Record<string, unknown> {
  const names = [...new Set(url.searchParams.keys())];
  // From entries, not by assignment: `__proto__` is a name like any other here.
  return Object.fromEntries(
    names.map((name) => {
      const values = url.searchParams.getAll(name);
      // Two values mean that two readers could each see another one.
      if (values.length > 1) throw refuse(name, "given more than once");
      return [name, values[0]];
    }),
  );
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
 * The raw input of a route: its path parameters with the query (GET, DELETE) or the JSON body (the rest); `bodyText` is what was sent, for the
 * idempotency hash.
 * @throws invalid kernel.invalid_input for unknown or doubled parameters, and all that reading a body throws
 */
export async function readInput(
  route: RouteDefinition,
  request: Request,
  params: Readonly<Record<string, string>>,
): Promise<{ raw: Record<string, unknown>; bodyText: string }> {
  const names = new Set(Object.keys(params));
  const query = queryOf(new URL(request.url));
  if (route.method === "GET" || route.method === "DELETE") {
    assertKnown(query, route.input.shape, names);
    return { raw: { ...query, ...params }, bodyText: "" };
  }
  assertKnown(query, {}, names);
  const body = await readJsonObject(request);
  assertKnown(body.value, route.input.shape, names);
  return { raw: { ...body.value, ...params }, bodyText: body.text };
}
