import { z } from "zod";
import { defineQuery } from "@/server/kernel/verbs";
import { listEndpointRows, listNetworkRows } from "./repository";
import { ListNetworksInput, Network } from "./schemas";
import { toNetwork } from "./to-network";

/** All networks, the default one first; anybody may look, since wallets need it before a sign-in. */
export const listNetworks = defineQuery({
  verb: "chain.list-networks",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: ListNetworksInput,
  output: z.array(Network),
  run: async (ctx, input): Promise<readonly Network[]> => {
    const rows = (await listNetworkRows(ctx.db)).filter(
      (row) => input.status === undefined || row.status === input.status,
    );
    if (rows.length === 0) return [];
    const endpoints = await listEndpointRows(
      ctx.db,
      rows.map((row) => row.id),
    );
    return rows.map((row) => toNetwork(row, endpoints));
  },
});
