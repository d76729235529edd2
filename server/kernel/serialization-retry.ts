/** Postgres error codes after which the whole transaction may simply run again (PostgreSQL manual, appendix A, class 40). */
const RETRYABLE_SQLSTATES = new Set(["40001", "40P01"]);
const MAX_ATTEMPTS = 4;

function sqlStateOf(thrown: unknown): string | undefined {
  let current: unknown = thrown;
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    if ("code" in current && typeof current.code === "string") return current.code;
    current = current.cause;
  }
  return undefined;
}

/** Whether the transaction lost to another and changed nothing. */
export function isSerializationFailure(thrown: unknown): boolean {
  const state = sqlStateOf(thrown);
  return state !== undefined && RETRYABLE_SQLSTATES.has(state);
}

/** Runs the transaction again when it lost to another one, at most three more times; everything else is thrown on. */
export async function withSerializationRetry<Out>(transaction: () => Promise<Out>): Promise<Out> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (thrown) {
      if (attempt >= MAX_ATTEMPTS || !isSerializationFailure(thrown)) throw thrown;
    }
  }
}

/** Whether a unique index refused the row (SQLSTATE 23505), and by which name. */
export function violatedUniqueIndex(thrown: unknown): string | undefined {
  let current: unknown = thrown;
  for (let depth = 0; depth < 4 && current instanceof Error; depth += 1) {
    if ("code" in current && current.code === "23505") {
      return "constraint_name" in current && typeof current.constraint_name === "string" ? current.constraint_name : "";
    }
    current = current.cause;
  }
  return undefined;
}
