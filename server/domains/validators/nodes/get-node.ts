import { defineQuery } from "@/server/kernel/verbs";
import { nodeNotFound } from "../errors";
import { findSetup } from "../requests/repository";
import { toNodeView, toSetupView } from "../requests/to-view";
import { NodeRef, NodeWithSetup } from "../schemas";
import { findNode, findVolumes } from "./repository";

/** One node of any organisation with the request it belongs to, for operators. @throws not_found validators.node_not_found */
export const getNode = defineQuery({
  verb: "validators.get-node",
  scope: "platform:read",
  tenancy: "platform",
  input: NodeRef,
  output: NodeWithSetup,
  run: async (ctx, input) => {
    const node = await findNode(ctx.db, null, input.nodeId);
    const setup = node && (await findSetup(ctx.db, null, node.setupRequestId));
    if (!node || !setup) throw nodeNotFound(input.nodeId);
    const [volume] = await findVolumes(ctx.db, [node.volumeId]);
    return {
      node: toNodeView(node, volume),
      setupRequest: toSetupView(setup, node),
      organizationId: node.organizationId,
    };
  },
});
