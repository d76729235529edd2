import "server-only";
import type { Actor, RequestOrigin, ServiceCtx } from "@/server/kernel/context";
import type { IdempotencyClaim } from "@/server/kernel/idempotency";
import type { Ports } from "@/server/ports/ports";
import type { Runtime } from "./runtime";

/** The context that a transport hands to verbs: the runtime's parts with who asks, for which organisation, from where. */
export async function makeServiceCtx(
  runtime: Runtime,
  request: {
    readonly actor: Actor;
    readonly organizationId: string | null;
    readonly origin: RequestOrigin;
    readonly idempotency?: IdempotencyClaim;
  },
): Promise<ServiceCtx<Ports>> {
  return {
    db: runtime.db,
    ports: await runtime.ports(),
    actor: request.actor,
    organizationId: request.organizationId,
    origin: request.origin,
    logger: runtime.logger.child({ requestId: request.origin.requestId }),
    now: () => new Date(),
    ...(request.idempotency ? { idempotency: request.idempotency } : {}),
  };
}
