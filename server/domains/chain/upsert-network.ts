import { observe } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { chainDomain } from "./domain";
import { networkMachine } from "./machines";
import { listEndpointRows, replaceEndpoints, upsertNetworkRow } from "./repository";
import { type Network, RegisterNetworkInput } from "./schemas";
import { toNetwork } from "./to-network";

/** Keeps a network whose endpoints were checked; the same chain id is the same network. Only `registerNetwork` calls it. */
export const upsertNetwork = defineCommand({
  verb: "chain.upsert-network",
  scope: "platform:write",
  tenancy: "platform",
  input: RegisterNetworkInput,
  run: async (ctx, input): Promise<Network> => {
    const { rpcUrls, restUrls, ...fields } = input;
    const kept = await upsertNetworkRow(ctx.tx, { ...fields, id: chainDomain.newId("network"), updatedAt: ctx.now });
    const row = await observe(ctx, networkMachine, kept, input.status);
    const endpoint = (kind: "rpc" | "rest") => (url: string, priority: number) => ({
      id: chainDomain.newId("network"),
      kind,
      url: url.replace(/\/+$/, ""),
      priority,
    });
    await replaceEndpoints(ctx.tx, row.id, [...rpcUrls.map(endpoint("rpc")), ...restUrls.map(endpoint("rest"))]);
    ctx.audit({
      action: "chain.network.registered",
      targetType: "network",
      targetId: row.id,
      details: { chainId: row.chainId, kind: row.kind, status: row.status, rpcUrls, restUrls },
    });
    return toNetwork(row, await listEndpointRows(ctx.tx, [row.id]));
  },
});
