import { pageSchema } from "@/server/kernel/page-schema";
import { decodeCursor, type Page, pageOf } from "@/server/kernel/pagination";
import { defineQuery } from "@/server/kernel/verbs";
import { type AgentRow, listAgentRows } from "./repository";
import { AgentView, ListAgentsInput } from "./schemas";

const toAgentView = (row: AgentRow): AgentView => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  machineId: row.machineId,
  status: row.status,
  credential: row.publicKey === null ? "token" : "key",
  agentVersion: row.agentVersion,
  networkId: row.networkId,
  walletAddress: row.walletAddress,
  consensusPubkey: row.consensusPubkey,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

/** The organisation's machines, newest first, revoked ones too. */
export const listAgents = defineQuery({
  verb: "agents.list-agents",
  scope: "agents:read",
  tenancy: "organization",
  input: ListAgentsInput,
  output: pageSchema(AgentView),
  run: async (ctx, input): Promise<Page<AgentView>> => {
    const rows = await listAgentRows(ctx.db, ctx.organizationId, decodeCursor(input.cursor), input.limit + 1);
    return pageOf(rows, input.limit, (row) => ({ sort: row.createdAt.toISOString(), id: row.id }), toAgentView);
  },
});
