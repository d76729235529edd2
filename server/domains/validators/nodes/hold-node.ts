import { actingFor, type CommandCtx } from "@/server/kernel/context";
import { defineCommand } from "@/server/kernel/verbs";
import { alreadyHeld, notHeld, setupRequestNotFound } from "../errors";
import { findSetup } from "../requests/repository";
import { noteEvent } from "../story/note-event";
import { type NodeRow, updateNode } from "./repository";
import { lockTarget } from "./request-node-operation";
import { HeldNode, HoldNodeInput, ReleaseNodeInput } from "./schemas";

/** Tells the node's owner, in the story and in the log of their organisation. */
async function tell(
  ctx: CommandCtx<string | null>,
  node: NodeRow,
  act: "held" | "released",
  message: string,
): Promise<void> {
  const setup = await findSetup(ctx.tx, null, node.setupRequestId);
  if (!setup) throw setupRequestNotFound(node.setupRequestId);
  await noteEvent(ctx, setup, { type: "activity", message, details: { act } });
  ctx.audit({
    action: `validators.node.${act}`,
    targetType: "node",
    targetId: node.id,
    organizationId: node.organizationId,
    details: { setupRequestId: node.setupRequestId, ...(node.heldReason === null ? {} : { reason: node.heldReason }) },
  });
}

/** Keeps a node from being started or replaced by anybody; one that runs goes on. @throws invalid_state validators.already_held */
export const holdNode = defineCommand({
  verb: "validators.hold-node",
  scope: "platform:write",
  tenancy: "platform",
  input: HoldNodeInput,
  output: HeldNode,
  run: async (ctx, { setupRequestId, reason }) => {
    const node = await lockTarget(actingFor(ctx, null), { setupRequestId });
    if (node.heldAt !== null) throw alreadyHeld();
    const held = await updateNode(ctx.tx, node.id, { heldAt: ctx.now, heldReason: reason });
    const message = `Whoever runs the platform holds the node back from being started: ${reason}`;
    await tell(ctx, held, "held", message);
    return { nodeId: node.id, setupRequestId, heldAt: ctx.now.toISOString(), message: "The node is held back." };
  },
});

/** Lets a node be started again. @throws invalid_state validators.not_held */
export const releaseNode = defineCommand({
  verb: "validators.release-node",
  scope: "platform:write",
  tenancy: "platform",
  input: ReleaseNodeInput,
  output: HeldNode,
  run: async (ctx, { setupRequestId }) => {
    const node = await lockTarget(actingFor(ctx, null), { setupRequestId });
    if (node.heldAt === null) throw notHeld();
    await updateNode(ctx.tx, node.id, { heldAt: null, heldReason: null });
    await tell(ctx, node, "released", "The node is held back no more.");
    return { nodeId: node.id, setupRequestId, heldAt: null, message: "The node is held back no more." };
  },
});
