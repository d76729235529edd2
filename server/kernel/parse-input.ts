import type { z } from "zod";
import { type FieldErrors, invalid } from "./errors";
import { safeText } from "./safe-text";

/** How many unknown names are told; the first few find the mistake, and the caller chose how many there are. */
const TOLD_KEYS = 5;

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== "unrecognized_keys" || issue.keys.length <= TOLD_KEYS) return issue.message;
  const told = issue.keys.slice(0, TOLD_KEYS).map((key) => JSON.stringify(safeText(key, 40)));
  return `Unrecognized keys: ${told.join(", ")} and ${issue.keys.length - TOLD_KEYS} more`;
}

/** What a refusal says at most: it quotes what was sent, and an answer must not grow with the question. */
const MAX_REFUSED_FIELDS = 50;
const MAX_MESSAGES_A_FIELD = 5;
const MAX_QUOTED_LENGTH = 300;
const clipped = (text: string): string =>
  text.length > MAX_QUOTED_LENGTH ? `${text.slice(0, MAX_QUOTED_LENGTH)}…` : text;

/** Messages by dotted field path, in the schema's order; the empty path is `_`. */
export function fieldErrorsOf(error: z.ZodError): FieldErrors {
  const byField = new Map<string, string[]>();
  for (const issue of error.issues) {
    const path = clipped(issue.path.map(String).join(".")) || "_";
    const messages = byField.get(path) ?? [];
    if (messages.length === 0 && byField.size === MAX_REFUSED_FIELDS) break;
    if (messages.length < MAX_MESSAGES_A_FIELD) messages.push(clipped(wordsOf(issue)));
    byField.set(path, messages);
  }
  return Object.fromEntries(byField);
}

/** PostgreSQL keeps neither U+0000 nor half of a surrogate pair: the one fails, the other would come back as another text. */
const isKeepable = (text: string): boolean => !text.includes("\0") && !/\p{Cs}/u.test(text);

type Found = { readonly name: string; readonly value: unknown; readonly within: Found | null };

/** Dotted path of the first text, name or value, that cannot be kept as it is. Input can be deep and wide, so nothing recurses or copies. */
function findUnkeepable(input: unknown): string | undefined {
  const open: Found[] = [{ name: "", value: input, within: null }];
  for (let found = open.pop(); found !== undefined; found = open.pop()) {
    const { value } = found;
    if (typeof value === "string" && !isKeepable(value)) return pathOf(found);
    if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (!isKeepable(name)) return pathOf(found);
      if (typeof inner === "string" || typeof inner === "object") open.push({ name, value: inner, within: found });
    }
  }
  return undefined;
}

function pathOf(found: Found): string {
  const names: string[] = [];
  for (let at: Found | null = found; at?.within; at = at.within) names.push(at.name);
  return names.reverse().join(".") || "_";
}

/** Parses at a boundary. @throws invalid kernel.invalid_input with messages by field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    const path = findUnkeepable(parsed.data);
    if (path === undefined) return parsed.data;
    const message = "text without the character U+0000 and without halves of characters";
    throw invalid("kernel.invalid_input", `${path === "_" ? "" : `${path}: `}${message}`, {
      fieldErrors: { [path]: [message] },
    });
  }
  const fieldErrors = fieldErrorsOf(parsed.error);
  const [field, messages] = Object.entries(fieldErrors)[0] ?? ["_", []];
  const where = field === "_" ? "" : `${field}: `;
  throw invalid("kernel.invalid_input", `${where}${messages[0] ?? "The input does not have the right shape."}`, {
    fieldErrors,
  });
}
