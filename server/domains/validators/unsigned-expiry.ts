import { UNSIGNED_NODE_EXPIRES_AFTER_HOURS } from "./constants";
import type { SetupRow } from "./repository";

/** Until when a node that is ready waits for its owner's signature; null in every other state. */
export function waitsUnsignedUntil(setup: Pick<SetupRow, "status" | "provisioningCompletedAt">): Date | null {
  if (setup.status !== "ready_for_chain_tx" || setup.provisioningCompletedAt === null) return null;
  return new Date(setup.provisioningCompletedAt.getTime() + UNSIGNED_NODE_EXPIRES_AFTER_HOURS * 3_600_000);
}
