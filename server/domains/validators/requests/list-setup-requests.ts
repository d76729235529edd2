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
import { accountAddressText, wordsText } from "@/server/kernel/text";
import { defineQuery } from "@/server/kernel/verbs";
import { SETUP_ORDERS, SETUP_STATUSES, type SetupOrder, STANDINGS } from "../constants";
import { SetupWithNode } from "../schemas";
import { statusesOf } from "../states";
import { assertKnownAccount } from "./known-account";
import { readViewsOf } from "./read-views";
import { listSetups, type SetupRow } from "./repository";

export const ListSetupRequestsInput = z.strictObject({
  ...sortedListInput(SETUP_ORDERS),
  status: z.enum(SETUP_STATUSES).optional(),
  standing: z.enum(STANDINGS).optional().meta({ description: "How the validator stands, as `standing.state` says" }),
  search: wordsText(1, 100).optional(),
  networkId: z.string().max(100).optional(),
  walletAddress: accountAddressText.optional(),
});

const ORDERS: Orders<SetupOrder> = {
  names: SETUP_ORDERS,
  kinds: { createdAt: "instant", updatedAt: "instant", name: "text" },
};
const keyOf = (row: SetupRow, sort: SetupOrder): string => {
  const { key } = readOrder(sort);
  return key === "name" ? row.validatorName : row[key].toISOString();
};

/** How many rows are judged at a time where only those of one standing are asked for. */
const JUDGED_AT_ONCE = 200;

async function load(
  db: Executor,
  organizationId: OrganizationFilter,
  input: z.output<typeof ListSetupRequestsInput>,
  now: Date,
): Promise<Page<SetupWithNode>> {
  const { cursor, limit, standing, ...filter } = input;
  const { sort } = filter;
  const positionOf = (row: SetupRow) => ({ sort: keyOf(row, sort), id: row.id, order: sort });
  // How one stands is computed, never kept: rows that can stand so are judged until the page is full.
  const rowsAtOnce = standing === undefined ? limit + 1 : Math.max(limit + 1, JUDGED_AT_ONCE);
  const statuses = standing === undefined ? undefined : statusesOf(standing);
  const found: { row: SetupRow; view: SetupWithNode }[] = [];
  let after = decodeOrderedCursor(cursor, sort, ORDERS);
  for (;;) {
    const rows = await listSetups(db, organizationId, { ...filter, statuses, limit: rowsAtOnce, after });
    const views = await readViewsOf(db, rows, now);
    for (const [place, row] of rows.entries()) {
      const view = views[place];
      if (view && (standing === undefined || view.setupRequest.standing.state === standing)) found.push({ row, view });
    }
    const last = rows.at(-1);
    if (found.length > limit || rows.length < rowsAtOnce || last === undefined) break;
    after = positionOf(last);
  }
  return pageOf(
    found,
    limit,
    ({ row }) => positionOf(row),
    ({ view }) => view,
  );
}

/** Requests of the organisation, newest first unless another order is asked for. @throws invalid kernel.cursor_of_other_order, validators.invalid_field */
export const listSetupRequests = defineQuery({
  verb: "validators.list-setup-requests",
  scope: "validators:read",
  tenancy: "organization",
  audience: ["organization", "platform"],
  input: ListSetupRequestsInput,
  output: pageSchema(SetupWithNode),
  run: async (ctx, input) => {
    if (input.walletAddress !== undefined) await assertKnownAccount(ctx.db, "walletAddress", input.walletAddress);
    return load(ctx.db, ctx.organizationId, input, ctx.now);
  },
});
