import { defineQuery } from "@/server/kernel/verbs";
import { nodeNotFound } from "../errors";
import { readViews } from "../requests/read-views";
import { findSetup } from "../requests/repository";
import { NodeWithSetup } from "../requests/schemas";
import { NodeRef } from "../schemas";
import { findNode } from "./repository";

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
    const [view] = await readViews(ctx.db, [{ setup, node }], ctx.now);
    if (!view?.node) throw nodeNotFound(node.id);
    return { node: view.node, setupRequest: view.setupRequest, organizationId: node.organizationId };
  },
});
