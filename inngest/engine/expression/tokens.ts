/** One lexical unit of an expression; `at` is its zero-based position, for messages. */
export type Token =
  | { readonly kind: "name" | "operator"; readonly text: string; readonly at: number }
  | { readonly kind: "string"; readonly value: string; readonly at: number }
  | { readonly kind: "number"; readonly value: number; readonly at: number };

/** An expression that the engine does not understand; the message says what and where. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

const operators = ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ".", ",", "?", ":", "+", "-"];
const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", '"': '"', "'": "'" };

/** Splits the text into tokens. Throws ExpressionError at the first character that no token begins with. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const space = /^\s+/.exec(rest)?.[0];
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const quote = rest[0];
    if (quote === '"' || quote === "'") {
      const read = readString(source, at, quote);
      tokens.push({ kind: "string", value: read.value, at });
      at = read.end;
      continue;
    }
    const number = /^(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(rest)?.[0];
    if (number !== undefined) {
      tokens.push({ kind: "number", value: Number(number), at });
      at += number.length;
      continue;
    }
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest)?.[0];
    if (name !== undefined) {
      tokens.push({ kind: "name", text: name, at });
      at += name.length;
      continue;
    }
    const operator = operators.find((candidate) => rest.startsWith(candidate));
    if (operator === undefined)
      throw new ExpressionError(`"${rest[0]}" at position ${at} is not part of an expression`);
    tokens.push({ kind: "operator", text: operator, at });
    at += operator.length;
  }
  return tokens;
}

function readString(source: string, start: number, quote: string): { value: string; end: number } {
  let value = "";
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at];
    if (character === quote) return { value, end: at + 1 };
    if (character !== "\\") {
      value += character;
      continue;
    }
    at += 1;
    const escaped = source[at];
    const plain = escaped === undefined ? undefined : escapes[escaped];
    if (plain === undefined) throw new ExpressionError(`the escape at position ${at - 1} is not known`);
    value += plain;
  }
  throw new ExpressionError(`the string at position ${start} has no end`);
}
