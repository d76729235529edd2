import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, type Page, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { ApiToken, ListApiTokensInput } from "../schemas";
import { listApiTokenRows } from "./repository";
import { toApiToken } from "./to-api-token";

/** The organisation's tokens, newest first, revoked ones too. */
export const listApiTokens = defineQuery({
  verb: "identity.list-api-tokens",
  scope: "identity:read",
  tenancy: "organization",
  input: ListApiTokensInput,
  output: pageSchema(ApiToken),
  run: async (ctx, input): Promise<Page<ApiToken>> => {
    const rows = await listApiTokenRows(ctx.db, ctx.organizationId, decodeCursor(input.cursor), input.limit + 1);
    return pageOf(rows, input.limit, (row) => ({ sort: row.createdAt.toISOString(), id: row.id }), toApiToken);
  },
});
