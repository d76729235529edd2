import "server-only";
import { NonRetriableError, RetryAfterError } from "inngest";
import { ERROR_TABLE } from "@/server/kernel/error-table";
import { toAppError } from "@/server/kernel/errors";
import type { Failure } from "@/server/kernel/work/declare-work";
import { StepGivenUp, UNFORESEEN } from "@/server/kernel/work/run-work";

/** How soon an upstream that did not answer is asked again when it did not say. */
const DEFAULT_RETRY_SECONDS = 3;

/** What survives the journey through the job engine, as the `cause` of the step's error; recognised by its code, never by text. */
type CarriedCause = { readonly appErrorCode: string; readonly appErrorKind: string };

/** Runs a verb inside a step: what cannot heal ends the step at once, what may heal is tried again after a pause. */
export async function asJob<Out>(verb: () => Promise<Out>): Promise<Out> {
  try {
    return await verb();
  } catch (thrown) {
    const isGivenUp = thrown instanceof StepGivenUp;
    const error = toAppError(isGivenUp ? thrown.failure : thrown);
    const cause: CarriedCause = { appErrorCode: error.code, appErrorKind: error.kind };
    const job = ERROR_TABLE[error.kind].job;
    if (isGivenUp || job === "fail") throw new NonRetriableError(error.message, { cause });
    if (job === "retry" && error.kind === "internal") throw new Error(error.message, { cause });
    throw new RetryAfterError(error.message, (error.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) * 1_000, { cause });
  }
}

/** Code and sentence of a step that failed for good. */
export function failureOf(thrown: unknown): Failure {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = typeof cause === "object" && cause !== null && "appErrorCode" in cause ? String(cause.appErrorCode) : "";
  if (code === "" || code === UNFORESEEN.code || !(thrown instanceof Error)) return UNFORESEEN;
  return { code, message: thrown.message };
}
