import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, type Page, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { regionNotFound } from "../errors";
import { findRegion } from "../repository";
import { listServerRows } from "./repository";
import { ListServersInput, RegionServer } from "./schemas";
import { toServer } from "./to-server";

/** Servers of one region or of all, newest first, decommissioned ones too. @throws not_found regions.not_found */
export const listServers = defineQuery({
  verb: "regions.list-servers",
  scope: "platform:read",
  tenancy: "platform",
  input: ListServersInput,
  output: pageSchema(RegionServer),
  run: async (ctx, { limit, cursor, ...filter }): Promise<Page<RegionServer>> => {
    if (filter.regionCode !== undefined && !(await findRegion(ctx.db, filter.regionCode))) {
      throw regionNotFound(filter.regionCode);
    }
    const rows = await listServerRows(ctx.db, filter, decodeCursor(cursor), limit + 1);
    return pageOf(
      rows,
      limit,
      ({ server }) => ({ sort: server.createdAt.toISOString(), id: server.id }),
      ({ server, regionCode }) => toServer(server, regionCode),
    );
  },
});
