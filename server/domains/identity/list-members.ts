import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, type Page, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { listMemberRows } from "./repository";
import { ListMembersInput, Member } from "./schemas";

/** The organisation's members in the order of joining. */
export const listMembers = defineQuery({
  verb: "identity.list-members",
  scope: "identity:read",
  tenancy: "organization",
  input: ListMembersInput,
  output: pageSchema(Member),
  run: async (ctx, input): Promise<Page<Member>> => {
    const rows = await listMemberRows(ctx.db, ctx.organizationId, decodeCursor(input.cursor), input.limit + 1);
    return pageOf(
      rows,
      input.limit,
      (row) => ({ sort: row.joinedAt.toISOString(), id: row.userId }),
      (row) => ({ ...row, joinedAt: row.joinedAt.toISOString() }),
    );
  },
});
