import type { AppError } from "@/server/kernel/errors";
import type { CallOptions } from "./call-options";

type DeadlineInput = {
  readonly options: CallOptions | undefined;
  readonly defaultMs: number;
  readonly onTimeout: () => AppError;
  readonly onAbort: () => AppError;
};

/**
 * Runs `work` until it ends, the caller's signal aborts or the deadline passes, whichever is first; `work` gets the joined signal. What ignores
 * the signal goes on in the background, so it has to be safe to repeat.
 */
export async function withDeadline<Result>(
  input: DeadlineInput,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadlineMs = input.options?.deadlineMs ?? input.defaultMs;
  if (deadlineMs <= 0) throw input.onTimeout();
  const deadline = AbortSignal.timeout(deadlineMs);
  const caller = input.options?.signal;
  const signal = caller === undefined ? deadline : AbortSignal.any([caller, deadline]);
  const reason = () => (caller?.aborted === true ? input.onAbort() : input.onTimeout());
  if (signal.aborted) throw reason();
  return await new Promise<Result>((resolve, reject) => {
    const stop = () => reject(reason());
    signal.addEventListener("abort", stop, { once: true });
    work(signal)
      .then(resolve, (thrown: unknown) => reject(signal.aborted ? reason() : thrown))
      .finally(() => signal.removeEventListener("abort", stop));
  });
}
