import type { Executor } from "@/db/client";
import { decodeCursor, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { type ActFilters, ActPage, ListActsInput } from "../schemas";
import { listActRows } from "./repository";
import { toAct } from "./to-act";

/** One page of an organisation's acts, newest first. */
export async function actPage(
  db: Executor,
  organizationId: string,
  filters: ActFilters,
  { limit, cursor }: { readonly limit: number; readonly cursor: string | undefined },
) {
  const position = decodeCursor(cursor);
  const rows = await listActRows(db, organizationId, filters, {
    limit: limit + 1,
    cursor: position && { createdAt: new Date(position.sort), id: position.id },
  });
  return pageOf(rows, limit, (row) => ({ sort: row.createdAt.toISOString(), id: row.id }), toAct);
}

/** What the organisation's members signed or were about to, newest first. */
export const listActs = defineQuery({
  verb: "staking.list-acts",
  scope: "staking:read",
  tenancy: "organization",
  input: ListActsInput,
  output: ActPage,
  run: async (ctx, { limit, cursor, ...filters }) => {
    const { items, nextCursor } = await actPage(ctx.db, ctx.organizationId, filters, { limit, cursor });
    return { items: [...items], nextCursor };
  },
});
