import { z } from "zod";
import { defineFlow, defineQuery } from "@/server/kernel/verbs";
import type { NodeLogLine } from "@/server/ports/node-host";
import type { Ports } from "@/server/ports/ports";
import type { RUNTIMES } from "./constants";
import { nodeNotFound } from "./errors";
import { findNode } from "./repository";
import { NodeId, NodeLogLineView } from "./schemas";

export const NodeLogsInput = z.strictObject({
  nodeId: NodeId,
  tail: z.coerce.number().int().min(1).max(2_000).default(200),
});

/** Where a node of the organisation runs. @throws not_found validators.node_not_found */
export const findNodeHost = defineQuery({
  verb: "validators.find-node-host",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: z.strictObject({ nodeId: NodeId }),
  run: async (ctx, input) => {
    const node = await findNode(ctx.db, ctx.organizationId, input.nodeId);
    if (!node) throw nodeNotFound(input.nodeId);
    return { nodeId: node.id, runtime: node.hostKind };
  },
});

const tailOf = async (
  ports: Ports,
  at: { nodeId: string; runtime: (typeof RUNTIMES)[number] },
  tail: number,
): Promise<NodeLogLine[]> => [...(await ports.nodeHosts[at.runtime].logs(at.nodeId, { tail }))];

/** Last lines of the node's log, oldest first. @throws not_found validators.node_not_found, upstream_unavailable runtime.unavailable */
export const getNodeLogs = defineFlow<Ports>()({
  verb: "validators.get-node-logs",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: NodeLogsInput,
  output: z.array(NodeLogLineView),
  run: async (ctx, input) => tailOf(ctx.ports, await findNodeHost(ctx, { nodeId: input.nodeId }), input.tail),
});
