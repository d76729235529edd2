import type { z } from "zod";
import { type FieldErrors, invalid } from "./errors";

/** Messages by dotted field path, in the schema's order; the empty path is `_`. */
export function fieldErrorsOf(error: z.ZodError): FieldErrors {
  const byField: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const path = issue.path.map(String).join(".") || "_";
    byField[path] = [...(byField[path] ?? []), issue.message];
  }
  return byField;
}

/** Parses at a boundary. @throws invalid kernel.invalid_input with messages by field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fieldErrors = fieldErrorsOf(parsed.error);
  const [field, messages] = Object.entries(fieldErrors)[0] ?? ["_", []];
  const where = field === "_" ? "" : `${field}: `;
  throw invalid("kernel.invalid_input", `${where}${messages[0] ?? "The input does not have the right shape."}`, {
    fieldErrors,
  });
}
