import { ExpressionError, type Token, tokenize } from "./tokens";

/** A parsed expression. `path` starts at a root such as `event`; its parts are field names and list positions. */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "path"; readonly root: string; readonly parts: readonly (string | number)[] }
  | { readonly kind: "not" | "negate"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "choice"; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression };

/** The operators between two operands. */
export type BinaryOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "&&" | "||" | "in" | "+" | "-";

/** Binding strength, weakest first, as in the Common Expression Language. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "<", "<=", ">", ">=", "in"],
  ["+", "-"],
];
const maxLength = 2_000;

/**
 * Reads the subset of the Common Expression Language that the engine evaluates: paths from the given roots, literals, lists, comparison,
 * logic, `in`, `+`, `-` and `? :`. Throws ExpressionError for anything else.
 */
export function parseExpression(source: string, roots: readonly string[]): Expression {
  if (source.length > maxLength) throw new ExpressionError(`it is longer than ${maxLength} characters`);
  const tokens = tokenize(source);
  let at = 0;

  const peek = (text: string): boolean => {
    const token = tokens[at];
    return token !== undefined && token.kind !== "string" && token.kind !== "number" && token.text === text;
  };
  const take = (text: string): boolean => {
    if (!peek(text)) return false;
    at += 1;
    return true;
  };
  const expect = (text: string): void => {
    if (!take(text)) throw new ExpressionError(`"${text}" is missing ${where(tokens[at])}`);
  };

  function choice(): Expression {
    const test = binary(0);
    if (!take("?")) return test;
    const then = choice();
    expect(":");
    return { kind: "choice", test, then, otherwise: choice() };
  }

  function binary(level: number): Expression {
    const operators = levels[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    for (;;) {
      const operator = operators.find((candidate) => peek(candidate));
      if (operator === undefined) return left;
      at += 1;
      left = { kind: "binary", operator, left, right: binary(level + 1) };
    }
  }

  function unary(): Expression {
    if (take("!")) return { kind: "not", operand: unary() };
    if (take("-")) return { kind: "negate", operand: unary() };
    return primary();
  }

  function primary(): Expression {
    const token = tokens[at];
    if (token === undefined) throw new ExpressionError("it ends too early");
    at += 1;
    if (token.kind === "string" || token.kind === "number") return { kind: "literal", value: token.value };
    if (token.text === "(") {
      const inner = choice();
      expect(")");
      return inner;
    }
    if (token.text === "[") return list();
    if (token.kind === "operator") throw new ExpressionError(`"${token.text}" is not expected ${where(token)}`);
    if (token.text === "true" || token.text === "false") return { kind: "literal", value: token.text === "true" };
    if (token.text === "null") return { kind: "literal", value: null };
    return path(token.text, token);
  }

  function list(): Expression {
    const items: Expression[] = [];
    while (!take("]")) {
      if (items.length > 0) expect(",");
      items.push(choice());
    }
    return { kind: "list", items };
  }

  function path(root: string, token: Token): Expression {
    if (peek("(")) throw new ExpressionError(`the function ${root}() ${where(token)} is not implemented`);
    if (!roots.includes(root)) {
      throw new ExpressionError(`"${root}" ${where(token)} is not known here; it may use ${roots.join(" and ")}`);
    }
    const parts: (string | number)[] = [];
    for (;;) {
      if (take(".")) {
        const field = tokens[at];
        if (field?.kind !== "name") throw new ExpressionError(`a field name is missing ${where(field)}`);
        at += 1;
        if (peek("(")) throw new ExpressionError(`the function .${field.text}() ${where(field)} is not implemented`);
        parts.push(field.text);
      } else if (take("[")) {
        const index = tokens[at];
        if (index?.kind !== "string" && index?.kind !== "number") {
          throw new ExpressionError(`only a text or a number may stand in brackets ${where(index)}`);
        }
        at += 1;
        parts.push(index.value);
        expect("]");
      } else {
        return { kind: "path", root, parts };
      }
    }
  }

  const parsed = choice();
  if (at < tokens.length) throw new ExpressionError(`it goes on where it should end ${where(tokens[at])}`);
  return parsed;
}

function where(token: Token | undefined): string {
  return token === undefined ? "at the end" : `at position ${token.at}`;
}
