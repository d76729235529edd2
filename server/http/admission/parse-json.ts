import { invalid } from "@/server/kernel/errors";

/** Deeper than any input of ours; what recurses over it later stays far from the end of the stack. */
const MAX_DEPTH = 64;

const notJson = (message: string, cause?: unknown) => invalid("http.body_not_json", message, { cause });

/** Walks without recursion, since what is looked for is what would break one. */
function assertTame(value: unknown): void {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let found = open.pop(); found !== undefined; found = open.pop()) {
    if (typeof found.value === "number" && Math.abs(found.value) > Number.MAX_SAFE_INTEGER) {
      throw notJson("A number in the body is beyond 2^53 - 1 and would lose digits. Send it as text.");
    }
    if (found.value === null || typeof found.value !== "object") continue;
    if (found.depth === MAX_DEPTH) throw notJson(`The body is nested deeper than ${MAX_DEPTH} levels.`);
    // Whoever copies such an object by assignment would change its prototype instead.
    if (Object.hasOwn(found.value, "__proto__")) {
      throw invalid("kernel.invalid_input", "__proto__: there is no such field", {
        fieldErrors: Object.fromEntries([["__proto__", ["there is no such field"]]]),
      });
    }
    for (const inner of Object.values(found.value)) {
      if (typeof inner === "object" || typeof inner === "number") open.push({ value: inner, depth: found.depth + 1 });
    }
  }
}

/** JSON from outside. @throws invalid http.body_not_json, kernel.invalid_input */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notJson("The body is not valid JSON. Check its quotes and commas.", cause);
  }
  assertTame(value);
  return value;
}
