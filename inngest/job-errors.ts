import "server-only";
import { NonRetriableError, RetryAfterError } from "inngest";
import { ERROR_TABLE } from "@/server/kernel/error-table";
import { toAppError } from "@/server/kernel/errors";

/** How soon an upstream that did not answer is asked again when it did not say. */
const DEFAULT_RETRY_SECONDS = 3;

/** What survives the journey through the job engine, as the `cause` of the step's error; recognised by its code, never by text. */
type CarriedCause = { readonly appErrorCode: string; readonly appErrorKind: string };

/** Runs a verb inside a step: what cannot heal ends the step at once, what may heal is tried again after a pause. */
export async function asJob<Out>(verb: () => Promise<Out>): Promise<Out> {
  try {
    return await verb();
  } catch (thrown) {
    const error = toAppError(thrown);
    const cause: CarriedCause = { appErrorCode: error.code, appErrorKind: error.kind };
    switch (ERROR_TABLE[error.kind].job) {
      case "fail":
        throw new NonRetriableError(error.message, { cause });
      case "retry_after":
        throw new RetryAfterError(error.message, (error.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) * 1_000, { cause });
      case "retry":
        if (error.kind === "internal") throw new Error(error.message, { cause });
        throw new RetryAfterError(error.message, (error.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) * 1_000, { cause });
    }
  }
}

/** Code and sentence of a step that failed for good. */
export function failureOf(thrown: unknown): { readonly code: string; readonly message: string } {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const carried =
    typeof cause === "object" && cause !== null && "appErrorCode" in cause ? String(cause.appErrorCode) : undefined;
  return {
    code: carried ?? "kernel.unexpected",
    message:
      carried === undefined
        ? "Something failed that was not foreseen. The operator finds it in the job run; try again."
        : thrown instanceof Error
          ? thrown.message
          : "",
  };
}
