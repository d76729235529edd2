import { evaluate } from "./evaluate";
import type { Expression } from "./parse";

/** A condition on the awaited event that an index can answer: the value at `path` (JSON of its parts) equals `value` (JSON). */
export type IndexedEquality = { readonly path: string; readonly value: string };

/**
 * The first `event.x == async.y` or `async.y == <literal>` among the conditions that must all hold, with the known side computed; undefined
 * when there is none. It narrows the candidates only: the whole expression is still evaluated for each.
 */
export function indexedEquality(expression: Expression, event: unknown): IndexedEquality | undefined {
  if (expression.kind !== "binary") return undefined;
  if (expression.operator === "&&") {
    return indexedEquality(expression.left, event) ?? indexedEquality(expression.right, event);
  }
  if (expression.operator !== "==") return undefined;
  return fromSides(expression.left, expression.right, event) ?? fromSides(expression.right, expression.left, event);
}

function fromSides(awaited: Expression, known: Expression, event: unknown): IndexedEquality | undefined {
  if (awaited.kind !== "path" || awaited.root !== "async" || awaited.parts.length === 0) return undefined;
  const isKnown = known.kind === "literal" || (known.kind === "path" && known.root === "event");
  if (!isKnown) return undefined;
  const value = evaluate(known, { event });
  if (value === undefined || (typeof value === "object" && value !== null)) return undefined;
  return { path: JSON.stringify(awaited.parts), value: JSON.stringify(value) };
}

/** The value of an awaited event at a stored path, as JSON; undefined when the event has no plain value there. */
export function valueAtPath(path: string, event: unknown): string | undefined {
  const parts: unknown = JSON.parse(path);
  if (!Array.isArray(parts)) return undefined;
  const value = evaluate({ kind: "path", root: "async", parts }, { async: event });
  if (value === undefined || (typeof value === "object" && value !== null)) return undefined;
  return JSON.stringify(value);
}
