import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, type Page, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { listDisplayNames } from "../people/repository";
import { ListMembersInput, Member } from "../schemas";
import { listAddressesOf } from "../wallets/repository";
import { listMembershipRows } from "./repository";

/** The organisation's members in the order of joining. */
export const listMembers = defineQuery({
  verb: "identity.list-members",
  scope: "identity:read",
  tenancy: "organization",
  input: ListMembersInput,
  output: pageSchema(Member),
  run: async (ctx, input): Promise<Page<Member>> => {
    const rows = await listMembershipRows(ctx.db, ctx.organizationId, decodeCursor(input.cursor), input.limit + 1);
    const userIds = rows.map((row) => row.userId);
    const names = await listDisplayNames(ctx.db, userIds);
    const addresses = await listAddressesOf(ctx.db, userIds);
    const toMember = ({ userId, role, createdAt }: (typeof rows)[number]): Member => {
      const displayName = names.get(userId);
      if (displayName === undefined) throw new Error("a membership is of nobody");
      return {
        userId,
        displayName,
        role,
        walletAddresses: addresses.get(userId) ?? [],
        joinedAt: createdAt.toISOString(),
      };
    };
    return pageOf(rows, input.limit, (row) => ({ sort: row.createdAt.toISOString(), id: row.userId }), toMember);
  },
});
