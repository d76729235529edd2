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
import { statusesOf } from "../states";
import { judgedPage } from "./judged-page";
import { assertKnownAccount } from "./known-account";
import type { SetupRow } from "./repository";
import { SetupWithNode } from "./schemas";

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

async function load(
  db: Executor,
  organizationId: OrganizationFilter,
  input: z.output<typeof ListSetupRequestsInput>,
  now: Date,
): Promise<Page<SetupWithNode>> {
  const { cursor, limit, standing, ...filter } = input;
  const { sort } = filter;
  const positionOf = (row: SetupRow) => ({ sort: keyOf(row, sort), id: row.id, order: sort });
  const statuses = standing === undefined ? undefined : statusesOf(standing);
  const found = await judgedPage(
    db,
    organizationId,
    { ...filter, statuses, after: decodeOrderedCursor(cursor, sort, ORDERS) },
    {
      limit,
      positionOf,
      accepts: standing === undefined ? null : ({ view }) => view.setupRequest.standing.state === standing,
      now,
    },
  );
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
