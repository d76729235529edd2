import { AGENT_HEARTBEAT_SECONDS } from "@/lib/contracts/agent/version";
import { defineQuery } from "@/server/kernel/verbs";
import { serverNotFound } from "../errors";
import { findServer, listServerHistory } from "./repository";
import { RegionServer, ServerHistory, ServerHistoryInput, ServerId } from "./schemas";
import { toServer } from "./to-server";

/** Points of a course at most, and never closer together than reports are. */
const POINTS = 180;

/** One server. @throws not_found regions.server_not_found */
export const getServer = defineQuery({
  verb: "regions.get-server",
  scope: "platform:read",
  tenancy: "platform",
  input: ServerId,
  output: RegionServer,
  run: async (ctx, input) => {
    const found = await findServer(ctx.db, input.serverId);
    if (!found) throw serverNotFound(input.serverId);
    return toServer(found.server, found.regionCode);
  },
});

/** What a server reported in the last hours, averaged over even steps. @throws not_found regions.server_not_found */
export const getServerHistory = defineQuery({
  verb: "regions.get-server-history",
  scope: "platform:read",
  tenancy: "platform",
  input: ServerHistoryInput,
  output: ServerHistory,
  run: async (ctx, { serverId, hours }) => {
    if (!(await findServer(ctx.db, serverId))) throw serverNotFound(serverId);
    const from = new Date(ctx.now.getTime() - hours * 3_600_000);
    const stepSeconds = Math.max(2 * AGENT_HEARTBEAT_SECONDS, Math.ceil((hours * 3_600) / POINTS));
    const rows = await listServerHistory(ctx.db, serverId, from, stepSeconds);
    return {
      fromAt: from.toISOString(),
      toAt: ctx.now.toISOString(),
      stepSeconds,
      samples: rows.map(({ at, ...figures }) => ({ at: at.toISOString(), ...figures })),
    };
  },
});
