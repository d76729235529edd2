import { z } from "zod";
import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, listInput, pageOf } from "@/server/kernel/pagination";
import { wordsText } from "@/server/kernel/text";
import { defineQuery } from "@/server/kernel/verbs";
import { NODE_STATUSES, RUNTIMES } from "../constants";
import { toNodeView, toSetupView } from "../requests/to-view";
import { NodeWithSetup } from "../schemas";
import { findVolumes, listNodes as listNodeRows } from "./repository";

export const ListNodesInput = z.strictObject({
  ...listInput,
  status: z.enum(NODE_STATUSES).optional(),
  runtime: z.enum(RUNTIMES).optional(),
  search: wordsText(1, 100).optional(),
});

/** Nodes of every organisation, newest first, for operators. */
export const listNodes = defineQuery({
  verb: "validators.list-nodes",
  scope: "platform:read",
  tenancy: "platform",
  input: ListNodesInput,
  output: pageSchema(NodeWithSetup),
  run: async (ctx, input) => {
    const { cursor, limit, ...filter } = input;
    const position = decodeCursor(cursor);
    const rows = await listNodeRows(ctx.db, null, {
      ...filter,
      limit: limit + 1,
      cursor: position === undefined ? undefined : { createdAt: new Date(position.sort), id: position.id },
    });
    const volumes = new Map(
      (
        await findVolumes(
          ctx.db,
          rows.map((row) => row.node.volumeId),
        )
      ).map((volume) => [volume.id, volume]),
    );
    return pageOf(
      rows,
      limit,
      ({ node }) => ({ sort: node.createdAt.toISOString(), id: node.id }),
      ({ node, setup }) => ({
        node: toNodeView(node, volumes.get(node.volumeId)),
        setupRequest: toSetupView(setup, node),
        organizationId: node.organizationId,
      }),
    );
  },
});
