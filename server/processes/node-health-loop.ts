import { checkNodes } from "@/server/domains/validators";
import { HEALTH_CHECK_INTERVAL_SECONDS } from "@/server/domains/validators/constants";
import type { ServiceCtx } from "@/server/kernel/context";
import { toAppError } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";
import { pause } from "./pause";

/** Looks at every node every few seconds until the signal aborts; a look that fails is logged and the next one comes anyway. */
export async function runNodeHealthLoop(ctx: ServiceCtx<Ports>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const startedAt = Date.now();
    try {
      await checkNodes(ctx, {});
    } catch (thrown) {
      ctx.logger.error({ err: thrown, code: toAppError(thrown).code }, "validators.health_loop.failed");
    }
    await pause(Math.max(1_000, HEALTH_CHECK_INTERVAL_SECONDS * 1_000 - (Date.now() - startedAt)), signal);
  }
}
