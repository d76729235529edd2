import { z } from "zod";
import { defineFlow } from "@/server/kernel/verbs";
import type { Ports } from "@/server/ports/ports";
import { nodeNotFound } from "../errors";
import { NodeId } from "../schemas";
import { findNode } from "./repository";
import { NodeLogLineView } from "./schemas";

export const NodeLogsInput = z.strictObject({
  nodeId: NodeId,
  tail: z.coerce.number().int().min(1).max(2_000).default(200),
});

/** Last lines of the node's log, oldest first. @throws not_found validators.node_not_found, upstream_unavailable runtime.unavailable */
export const getNodeLogs = defineFlow<Ports>()({
  verb: "validators.get-node-logs",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: NodeLogsInput,
  output: z.array(NodeLogLineView),
  run: async (ctx, { nodeId, tail }) => {
    const node = await findNode(ctx.db, ctx.organizationId, nodeId);
    if (!node) throw nodeNotFound(nodeId);
    return [...(await ctx.ports.nodeHosts[node.hostKind].logs(node.id, { tail }))];
  },
});
