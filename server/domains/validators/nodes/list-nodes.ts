import { z } from "zod";
import { pageSchema } from "@/server/kernel/page-schema";
import { decodeOrderedCursor, type Orders, pageOf, readOrder, sortedListInput } from "@/server/kernel/pagination";
import { wordsText } from "@/server/kernel/text";
import { defineQuery } from "@/server/kernel/verbs";
import { NODE_ORDERS, NODE_STATUSES, type NodeOrder, RUNTIMES } from "../constants";
import { readViews } from "../requests/read-views";
import { NodeWithSetup } from "../requests/schemas";
import { listNodes as listNodeRows } from "./repository";

export const ListNodesInput = z.strictObject({
  ...sortedListInput(NODE_ORDERS),
  status: z.enum(NODE_STATUSES).optional(),
  runtime: z.enum(RUNTIMES).optional(),
  search: wordsText(1, 100).optional(),
});

const ORDERS: Orders<NodeOrder> = { names: NODE_ORDERS, kinds: { createdAt: "instant", name: "text" } };

/** Nodes of every organisation, newest first unless another order is asked for. @throws invalid kernel.cursor_of_other_order */
export const listNodes = defineQuery({
  verb: "validators.list-nodes",
  scope: "platform:read",
  tenancy: "platform",
  input: ListNodesInput,
  output: pageSchema(NodeWithSetup),
  run: async (ctx, input) => {
    const { cursor, limit, ...filter } = input;
    const { sort } = filter;
    const rows = await listNodeRows(ctx.db, null, {
      ...filter,
      limit: limit + 1,
      after: decodeOrderedCursor(cursor, sort, ORDERS),
    });
    const views = await readViews(ctx.db, rows, ctx.now);
    const shown = rows.flatMap((row, place) => {
      const { node, setupRequest } = views[place] ?? {};
      if (!node || !setupRequest) return [];
      return [{ row, item: { node, setupRequest, organizationId: row.node.organizationId } }];
    });
    return pageOf(
      shown,
      limit,
      ({ row: { node, setup } }) => ({
        sort: readOrder(sort).key === "name" ? setup.validatorName : node.createdAt.toISOString(),
        id: node.id,
        order: sort,
      }),
      ({ item }) => item,
    );
  },
});
