import { evaluateRules } from "@/server/domains/monitoring";
import { EVALUATE_EVERY_SECONDS } from "@/server/domains/monitoring/constants";
import type { ServiceCtx } from "@/server/kernel/context";
import { toAppError } from "@/server/kernel/errors";
import type { Ports } from "@/server/ports/ports";
import { type AdvisoryLock, takeAdvisoryLock } from "@/server/runtime/advisory-lock";
import { pause } from "./pause";

const LOCK = { name: "monitoring.rules", applicationName: "omniphi-rules-lock" };

/**
 * Looks at every alert rule each half minute until the signal aborts, in one process of the installation at a time. A look that fails is logged,
 * and the next one comes anyway; a lock that was lost is taken again, by whoever is first.
 */
export async function runRuleLoop(
  settings: { readonly ctx: ServiceCtx<Ports>; readonly databaseUrl: string; readonly everyMs?: number },
  signal: AbortSignal,
): Promise<void> {
  const { ctx, databaseUrl, everyMs = EVALUATE_EVERY_SECONDS * 1_000 } = settings;
  let lock: AdvisoryLock | undefined;
  while (!signal.aborted) {
    const startedAt = Date.now();
    try {
      if (lock?.lost.aborted) lock = undefined;
      lock ??= await takeAdvisoryLock(databaseUrl, LOCK);
      if (lock !== undefined) await evaluateRules(ctx, {});
    } catch (thrown) {
      ctx.logger.error({ err: thrown, code: toAppError(thrown).code }, "monitoring.rule_loop.failed");
    }
    await pause(Math.max(1_000, everyMs - (Date.now() - startedAt)), signal);
  }
  await lock?.release();
}
