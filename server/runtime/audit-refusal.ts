import "server-only";
import { recordRefusedAccess } from "@/server/domains/identity";
import { actorName, type ServiceCtx, withoutKey } from "@/server/kernel/context";
import type { AppError } from "@/server/kernel/errors";
import { firstId } from "@/server/kernel/ids";
import { drawRateLimits } from "@/server/kernel/rate-limit";

const SAME_EVERY_SECONDS = 600;
const PER_PERSON_AND_HOUR = 120;

/** Who is behind the caller: one person with many tokens is one. */
const personOf = ({ actor }: ServiceCtx): string => ("userId" in actor ? `person:${actor.userId}` : actorName(actor));

/**
 * Leaves an audit row when somebody known is told `forbidden` or `not_found`: the same for what is another organisation's and for what is
 * nowhere, so that neither the answer nor its time tells them apart. A repeated question is written once in ten minutes, and no person writes
 * more than 120 rows an hour, by however many tokens. Never throws: the refusal itself must reach the caller.
 */
export async function auditRefusal(
  service: ServiceCtx,
  refused: { readonly operation: string; readonly error: AppError; readonly input: readonly unknown[] },
): Promise<void> {
  const { operation, error } = refused;
  if (error.kind !== "forbidden" && error.kind !== "not_found") return;
  if (service.actor.kind === "anonymous" || service.actor.kind === "system") return;
  const targetId = firstId(refused.input);
  const caller = actorName(service.actor);
  try {
    const draws = await drawRateLimits(service.db, [
      {
        key: `refused:${caller}:${operation}:${targetId ?? ""}:${error.code}`,
        limit: 1,
        periodSeconds: SAME_EVERY_SECONDS,
      },
      { key: `refused:${personOf(service)}`, limit: PER_PERSON_AND_HOUR, periodSeconds: 3_600 },
    ]);
    if (draws.some((draw) => !draw.isAllowed)) return;
    await recordRefusedAccess(withoutKey(service), { operation, code: error.code, targetId });
  } catch (thrown) {
    service.logger.error({ err: thrown, operation, targetId }, "audit.refusal.not_written");
  }
}
