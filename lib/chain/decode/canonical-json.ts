import { malformed, nonCanonical } from "./transaction-decode-error";
import { readUtf8 } from "./wire-reader";

/** JSON as amino sign documents hold it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * Amino's one text of a value: keys sorted, no spaces, and what Go's encoding/json writes otherwise than JavaScript escaped as it does, which is
 * `<`, `>`, `&` and both separators of lines (cosmos-sdk 0.53, types/utils.go `SortJSON`; go 1.24, encoding/json `appendString`).
 */
export function canonicalJson(value: Json): string {
  return stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The value of amino sign bytes. @throws TransactionDecodeError unless the bytes are exactly the canonical text: doubled keys and spaces too */
export function parseCanonicalJson(bytes: Uint8Array): Json {
  const text = readUtf8(bytes);
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return malformed("The sign document is not JSON.");
  }
  return canonicalJson(value) === text ? value : nonCanonical("The sign document is not in its one form.");
}

/** Whether the value is an object with keys. */
export function isJsonObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stringify(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(stringify).join(",")}]`;
  if (isJsonObject(value)) {
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${stringify(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
