import { UNSIGNED_NODE_EXPIRES_AFTER_HOURS } from "./constants";
import type { SetupRow } from "./repository";

/**
 * Until when a node that is ready waits for its owner's signature; null in every other state. A request that was signed once has no such end: a
 * block may still take what went out, and its owner was there.
 */
export function waitsUnsignedUntil(
  setup: Pick<SetupRow, "status" | "provisioningCompletedAt" | "chainTxHash">,
): Date | null {
  if (setup.status !== "ready_for_chain_tx" || setup.provisioningCompletedAt === null) return null;
  if (setup.chainTxHash !== null) return null;
  return new Date(setup.provisioningCompletedAt.getTime() + UNSIGNED_NODE_EXPIRES_AFTER_HOURS * 3_600_000);
}
