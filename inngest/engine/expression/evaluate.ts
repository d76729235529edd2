import type { BinaryOperator, Expression } from "./parse";
import { ExpressionError } from "./tokens";

/** The values that the roots stand for, by root name. */
export type ExpressionScope = Readonly<Record<string, unknown>>;

/**
 * The value of an expression. A field that is not there is `undefined`, and is equal to nothing, not even to another missing field, so that
 * two events without a key never match by that key. Throws ExpressionError when an operator meets a type it has no meaning for.
 */
export function evaluate(expression: Expression, scope: ExpressionScope): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "list":
      return expression.items.map((item) => evaluate(item, scope));
    case "path":
      return walk(scope[expression.root], expression.parts);
    case "not":
      return !truth(evaluate(expression.operand, scope));
    case "negate":
      return -number(evaluate(expression.operand, scope));
    case "choice":
      return truth(evaluate(expression.test, scope))
        ? evaluate(expression.then, scope)
        : evaluate(expression.otherwise, scope);
    case "binary":
      return binary(expression.operator, expression.left, expression.right, scope);
  }
}

/** Whether the expression holds; a type error counts as "does not hold", as an event can have any shape. */
export function holds(expression: Expression, scope: ExpressionScope): boolean {
  try {
    return evaluate(expression, scope) === true;
  } catch (error) {
    if (error instanceof ExpressionError) return false;
    throw error;
  }
}

function binary(operator: BinaryOperator, left: Expression, right: Expression, scope: ExpressionScope): unknown {
  if (operator === "&&") return truth(evaluate(left, scope)) && truth(evaluate(right, scope));
  if (operator === "||") return truth(evaluate(left, scope)) || truth(evaluate(right, scope));
  const a = evaluate(left, scope);
  const b = evaluate(right, scope);
  switch (operator) {
    case "==":
      return equal(a, b);
    case "!=":
      return !equal(a, b);
    case "in":
      return contains(b, a);
    case "+":
      if (typeof a === "string" || typeof b === "string") return `${plain(a)}${plain(b)}`;
      return number(a) + number(b);
    case "-":
      return number(a) - number(b);
    default:
      return ordered(operator, a, b);
  }
}

function ordered(operator: "<" | "<=" | ">" | ">=", a: unknown, b: unknown): boolean {
  const comparable =
    (typeof a === "number" && typeof b === "number") || (typeof a === "string" && typeof b === "string");
  if (!comparable) return false;
  if (operator === "<") return a < b;
  if (operator === "<=") return a <= b;
  if (operator === ">") return a > b;
  return a >= b;
}

function equal(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return false;
  if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
    return JSON.stringify(a) === JSON.stringify(b);
  }
  return a === b;
}

function contains(container: unknown, value: unknown): boolean {
  if (Array.isArray(container)) return container.some((item) => equal(item, value));
  if (typeof container === "object" && container !== null)
    return typeof value === "string" && Object.hasOwn(container, value);
  return false;
}

function walk(start: unknown, parts: readonly (string | number)[]): unknown {
  let value = start;
  for (const part of parts) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

function truth(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new ExpressionError("a condition is not true or false");
}

function number(value: unknown): number {
  if (typeof value === "number") return value;
  throw new ExpressionError("an operand is not a number");
}

function plain(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new ExpressionError("an operand of + is neither a text nor a number");
}
