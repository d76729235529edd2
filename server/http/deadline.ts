import { upstreamUnavailable } from "@/server/kernel/errors";

/** How long a caller is kept waiting: less than proxies wait, so that the answer is ours. */
export const DEADLINE_MS = 25_000;

/**
 * What `work` comes to, if it does in time; what a command has begun still commits or rolls back as a whole. What comes too late goes to
 * `abandon`, so that nothing stays open for somebody who was refused already.
 *
 * @throws upstream_unavailable http.deadline_exceeded
 */
export async function withinDeadline<Out>(
  work: Promise<Out>,
  deadlineMs: number = DEADLINE_MS,
  abandon?: (out: Out) => void,
): Promise<Out> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      if (abandon) work.then(abandon, () => undefined);
      const message = "The answer took too long and was given up. Try again in a few seconds.";
      reject(upstreamUnavailable("http.deadline_exceeded", message, { retryAfterSeconds: 5 }));
    }, deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
