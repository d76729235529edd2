import type { CommandCtx } from "@/server/kernel/context";
import type { NodeStatus } from "../constants";
import { nodeRemoved } from "../errors";
import { findLiveNodeOf, lockNode } from "../nodes/repository";

/**
 * Whether the validator about to be signed for has its node: an operator may have removed it since it was ready. @throws conflict
 * validators.node_removed
 */
export function assertStays(node: { readonly status: NodeStatus; readonly operation: string | null } | null): void {
  if (!node || node.status === "terminated" || node.operation === "terminate") throw nodeRemoved();
}

/** The same under the node's lock, for who keeps a document and who takes the signed one. @throws conflict validators.node_removed */
export async function assertHasNode({ tx }: Pick<CommandCtx, "tx">, setupRequestId: string): Promise<void> {
  const live = await findLiveNodeOf(tx, setupRequestId);
  assertStays((live && (await lockNode(tx, null, live.id))) ?? null);
}
