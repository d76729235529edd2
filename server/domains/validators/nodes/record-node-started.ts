import type { CommandCtx } from "@/server/kernel/context";
import { observe } from "@/server/kernel/machine";
import { defineChange } from "@/server/kernel/verbs";
import { nodeNotFound, superseded } from "../errors";
import { nodeMachine } from "./machine";
import type { startOnHost } from "./make-node";
import { lockNode } from "./repository";

/**
 * Keeps what the host said when it started the node, unless the operation that started it has ended or given way since.
 * @throws not_found validators.node_not_found, conflict validators.superseded
 */
export const recordNodeStarted = defineChange(
  "validators.record-node-started",
  async (
    ctx: CommandCtx<string | null>,
    input: {
      readonly nodeId: string;
      /** The node's generation when it was started. */
      readonly generation: number;
    } & Awaited<ReturnType<typeof startOnHost>>,
  ) => {
    const node = await lockNode(ctx.tx, null, input.nodeId);
    if (!node) throw nodeNotFound(input.nodeId);
    if (node.generation !== input.generation || node.operation === null) throw superseded();
    await observe(ctx, nodeMachine, node, "starting", {
      patch: {
        runtimeRef: input.runtimeRef,
        rpcUrl: input.rpcUrl,
        p2pAddress: input.p2pAddress,
        startedAt: input.startedAt === null ? null : new Date(input.startedAt),
        stoppedAt: null,
        statusMessage: "Started; waiting for its first answer.",
      },
    });
    ctx.audit({
      action: "validators.node.started",
      targetType: "node",
      targetId: node.id,
      organizationId: node.organizationId,
      details: { runtime: node.hostKind, operation: node.operation },
    });
  },
);
