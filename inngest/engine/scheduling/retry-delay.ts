/** How long the engine waits between attempts when the app does not say. */
export type RetryPolicy = { readonly baseMs: number; readonly maxMs: number };

/** 5 s doubling to at most 10 minutes; a single machine heals faster than a cloud, whose server starts at 15 s or more. */
export const defaultRetryPolicy: RetryPolicy = { baseMs: 5_000, maxMs: 600_000 };

/** The wait before the attempt that follows `failedAttempt` (0 is the first), with up to a fifth added by `random` in [0, 1). */
export function retryDelayMs(failedAttempt: number, policy: RetryPolicy, random: number): number {
  const exponential = Math.min(policy.maxMs, policy.baseMs * 2 ** Math.min(failedAttempt, 30));
  return Math.round(exponential * (1 + 0.2 * random));
}

/** The wait before a call that never reached the app is sent again: 0.5 s doubling to 10 s. */
export function redeliveryDelayMs(failures: number): number {
  return Math.min(10_000, 500 * 2 ** Math.min(failures, 10));
}

/** Reads a Retry-After header: seconds, an ISO 8601 instant as the SDK sends, or an HTTP date. Undefined when absent or unreadable. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Math.round(Number(header) * 1_000);
  const instant = Date.parse(header);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - now.getTime());
}
