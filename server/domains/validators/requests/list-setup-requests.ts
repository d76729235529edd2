import { z } from "zod";
import type { Executor } from "@/db/client";
import type { OrganizationFilter } from "@/server/kernel/owned";
import { pageSchema } from "@/server/kernel/page-schema";
import {
  decodeOrderedCursor,
  type Orders,
  type Page,
  pageOf,
  readOrder,
  sortedListInput,
} from "@/server/kernel/pagination";
import { wordsText } from "@/server/kernel/text";
import { defineQuery } from "@/server/kernel/verbs";
import { SETUP_ORDERS, SETUP_STATUSES, type SetupOrder } from "../constants";
import { findVolumes, listNodesOf } from "../nodes/repository";
import { SetupWithNode } from "../schemas";
import { listSetups, type SetupRow } from "./repository";
import { toNodeView, toSetupView } from "./to-view";

export const ListSetupRequestsInput = z.strictObject({
  ...sortedListInput(SETUP_ORDERS),
  status: z.enum(SETUP_STATUSES).optional(),
  search: wordsText(1, 100).optional(),
  networkId: z.string().max(100).optional(),
  walletAddress: z.string().max(100).optional(),
});

const ORDERS: Orders<SetupOrder> = {
  names: SETUP_ORDERS,
  kinds: { createdAt: "instant", updatedAt: "instant", name: "text" },
};
const keyOf = (row: SetupRow, sort: SetupOrder): string => {
  const { key } = readOrder(sort);
  return key === "name" ? row.validatorName : row[key].toISOString();
};

async function load(
  db: Executor,
  organizationId: OrganizationFilter,
  input: z.output<typeof ListSetupRequestsInput>,
): Promise<Page<SetupWithNode>> {
  const { cursor, limit, ...filter } = input;
  const { sort } = filter;
  const rows = await listSetups(db, organizationId, {
    ...filter,
    limit: limit + 1,
    after: decodeOrderedCursor(cursor, sort, ORDERS),
  });
  const nodes = new Map(
    (
      await listNodesOf(
        db,
        rows.map((row) => row.id),
      )
    ).map((node) => [node.setupRequestId, node]),
  );
  const volumes = new Map(
    (
      await findVolumes(
        db,
        [...nodes.values()].map((node) => node.volumeId),
      )
    ).map((volume) => [volume.id, volume]),
  );
  return pageOf(
    rows,
    limit,
    (row) => ({ sort: keyOf(row, sort), id: row.id, order: sort }),
    (row) => {
      const node = nodes.get(row.id);
      return { setupRequest: toSetupView(row, node), node: node ? toNodeView(node, volumes.get(node.volumeId)) : null };
    },
  );
}

/** Requests of the organisation, newest first unless another order is asked for. @throws invalid kernel.cursor_of_other_order */
export const listSetupRequests = defineQuery({
  verb: "validators.list-setup-requests",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: ListSetupRequestsInput,
  output: pageSchema(SetupWithNode),
  run: (ctx, input) => load(ctx.db, ctx.organizationId, input),
});
