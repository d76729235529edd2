import { z } from "zod";
import type { CommandCtx } from "@/server/kernel/context";
import { defineCommand } from "@/server/kernel/verbs";
import type { NodeOperation } from "./constants";
import { alreadyRunning, alreadyStopped, nodeNotFound, operationUnderWay, setupRequestNotFound } from "./errors";
import { operationRequested } from "./events";
import { noteEvent } from "./note-event";
import { findLiveNodeOf, findSetup, lockNode, type NodeRow, updateNode } from "./repository";
import { NodeId, SetupRequestRef } from "./schemas";
import { canStart, canStop } from "./states";

const DESIRED = { stop: "stopped", start: "running", redeploy: "running", terminate: "terminated" } as const;
type Requested = Exclude<NodeOperation, "provision">;
const WORDS: Record<Requested, string> = {
  stop: "Stop requested.",
  start: "Start requested.",
  redeploy: "Redeploy requested: key and sign state stay.",
  terminate: "Removal of the node requested: its volume stays.",
};

/** Sets what is wanted, takes the node's one operation slot and emits. Of two at once, the second finds the slot taken. */
async function request(ctx: CommandCtx<string | null>, node: NodeRow, operation: Requested) {
  if (node.operation !== null) throw operationUnderWay(node.operation);
  if (operation === "stop" && !canStop(node)) throw alreadyStopped();
  if (operation === "start" && !canStart(node)) throw alreadyRunning();
  const setup = await findSetup(ctx.tx, null, node.setupRequestId);
  if (!setup) throw setupRequestNotFound(node.setupRequestId);
  const generation = node.generation + 1;
  await updateNode(ctx.tx, node.id, {
    operation,
    operationStep: null,
    operationStartedAt: ctx.now,
    generation,
    desiredState: DESIRED[operation],
    statusMessage: WORDS[operation],
  });
  await noteEvent(ctx, setup, { type: "activity", message: WORDS[operation], details: { operation } });
  await ctx.emit(operationRequested, {
    nodeId: node.id,
    setupRequestId: node.setupRequestId,
    organizationId: node.organizationId,
    operation,
    generation,
  });
  ctx.audit({
    action: `validators.node.${operation}_requested`,
    targetType: "node",
    targetId: node.id,
    organizationId: node.organizationId,
    details: { setupRequestId: node.setupRequestId, generation },
  });
  return { nodeId: node.id, setupRequestId: node.setupRequestId, operation, generation };
}

const ownersOperation = (operation: Exclude<Requested, "terminate">) =>
  defineCommand({
    verb: `validators.${operation}-node`,
    scope: "validators:write",
    tenancy: "organization",
    input: SetupRequestRef,
    run: async (ctx, input) => {
      const setup = await findSetup(ctx.tx, ctx.organizationId, input.setupRequestId);
      if (!setup) throw setupRequestNotFound(input.setupRequestId);
      const live = await findLiveNodeOf(ctx.tx, setup.id);
      const node = live && (await lockNode(ctx.tx, ctx.organizationId, live.id));
      if (!node) throw nodeNotFound(input.setupRequestId);
      return request(ctx, node, operation);
    },
  });

/** @throws invalid_state validators.already_stopped, conflict validators.operation_under_way */
export const stopNode = ownersOperation("stop");
/** @throws invalid_state validators.already_running, conflict validators.operation_under_way */
export const startNode = ownersOperation("start");
/** Stop, replace, start; key and sign state stay on the volume. @throws conflict validators.operation_under_way */
export const redeployNode = ownersOperation("redeploy");

/** The operators' acts on any organisation's node; `terminate` removes the node and keeps its volume. */
export const operateAnyNode = defineCommand({
  verb: "validators.operate-any-node",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ nodeId: NodeId, operation: z.enum(["stop", "start", "redeploy", "terminate"]) }),
  run: async (ctx, input) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (!node || node.status === "terminated") throw nodeNotFound(input.nodeId);
    return request(ctx, node, input.operation);
  },
});
