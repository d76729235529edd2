import type { EngineContext } from "../engine-context";
import { canonicalJson } from "../protocol/canonical-json";
import type { createSender } from "../protocol/send-request";
import { sign } from "../protocol/signature";

const firstRetryMs = 500;
const slowestRetryMs = 5_000;
const registeredAgainMs = 30_000;

/** Asks each app to register, soon again while it does not answer, and every half minute once it has. Returns how to stop. */
export function startAppSync(
  context: EngineContext & { readonly sender: ReturnType<typeof createSender> },
  appUrls: readonly string[],
): () => void {
  const stopped = new AbortController();
  const timers = new Set<NodeJS.Timeout>();

  async function ask(appUrl: string, failures: number): Promise<void> {
    const body = canonicalJson({ url: appUrl });
    const headers = {
      "content-type": "application/json",
      "x-inngest-server-kind": "cloud",
      "x-inngest-sync-kind": "out_of_band",
      "x-inngest-signature": sign(body, context.signingKey, Math.round(Date.now() / 1_000)),
    };
    const result = await context.sender.send({ method: "PUT", url: appUrl, headers, body }, 30_000, stopped.signal);
    if (stopped.signal.aborted) return;
    const problem =
      result.kind === "failed"
        ? result.message
        : result.answer.status === 200
          ? undefined
          : `the app answered ${result.answer.status}: ${result.answer.body.slice(0, 500)}`;
    // A starting app is expected to be away for a while; the log says so once, and again each minute or so.
    if (problem !== undefined && failures % 12 === 0)
      context.logger.warn({ appUrl, reason: problem }, "engine.app.sync_failed");
    const nextMs =
      problem === undefined ? registeredAgainMs : Math.min(slowestRetryMs, firstRetryMs * 2 ** Math.min(failures, 10));
    schedule(appUrl, nextMs, problem === undefined ? 0 : failures + 1);
  }

  function schedule(appUrl: string, delayMs: number, failures: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      ask(appUrl, failures).catch((error: unknown) =>
        context.logger.error({ err: error, appUrl }, "engine.app.sync_failed"),
      );
    }, delayMs);
    timers.add(timer);
  }

  for (const appUrl of appUrls) schedule(appUrl, 0, 0);
  return () => {
    stopped.abort();
    for (const timer of timers) clearTimeout(timer);
  };
}
