import "server-only";
import type { ServiceCtx } from "@/server/kernel/context";
import type { Runtime } from "@/server/runtime/runtime";
import { relayOutbox } from "./relay-outbox";

/** A request waits at most this long for its events to leave; what is not out by then goes with the next commit or the minute's relay. */
const PATIENCE_MS = 1_500;

/**
 * Sends committed events right after the commit. One relay per process at a time: a commit during a relay asks for one more pass, so nothing
 * waits for the next minute, and a burst of commits makes one batch.
 */
export function createOutboxNudge(runtime: Pick<Runtime, "db" | "logger">): NonNullable<ServiceCtx["afterCommit"]> {
  let running: Promise<void> | undefined;
  let isWanted = false;

  const relay = async () => {
    try {
      while (isWanted) {
        isWanted = false;
        await relayOutbox(runtime.db, runtime.logger);
      }
    } catch (thrown) {
      runtime.logger.warn({ err: thrown }, "outbox.nudge.failed");
    } finally {
      running = undefined;
    }
  };

  return async ({ eventCount }) => {
    if (eventCount === 0) return;
    isWanted = true;
    running ??= relay();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([running, patience]);
    clearTimeout(timer);
  };
}
