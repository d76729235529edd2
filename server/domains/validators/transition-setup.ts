import type { CommandCtx } from "@/server/kernel/context";
import { assertTransition } from "@/server/kernel/states";
import type { SetupStatus } from "./constants";
import { type SetupRow, updateSetup } from "./repository";
import { SETUP_TRANSITIONS } from "./states";
import { setupStatusOf } from "./to-view";

/**
 * The one way by which a setup request changes state: checks the table, writes the row and the audit entry in the caller's transaction. The
 * caller holds the row's lock.
 */
export async function transitionSetup(
  ctx: CommandCtx<string | null>,
  setup: SetupRow,
  to: SetupStatus,
  patch: Partial<Omit<SetupRow, "id" | "status">> & { statusMessage: string },
): Promise<SetupRow> {
  const from = setupStatusOf(setup);
  assertTransition(SETUP_TRANSITIONS, from, to, {
    code: "validators.invalid_transition",
    subject: "The setup request",
  });
  const changed = await updateSetup(ctx.tx, setup.id, { ...patch, status: to, updatedAt: ctx.now });
  ctx.audit({
    action: `validators.setup_request.${to}`,
    targetType: "setup_request",
    targetId: setup.id,
    organizationId: setup.organizationId,
    details: { from, to, ...(patch.errorCode ? { errorCode: patch.errorCode } : {}) },
  });
  return changed;
}
