import { z } from "zod";
import type { Executor } from "@/db/client";
import { defineQuery } from "@/server/kernel/verbs";
import { listEndpointRows, listNetworkRows } from "./repository";
import { requireNetwork } from "./require-network";
import { GetNetworkInput, ListNetworksInput, Network } from "./schemas";
import { toNetwork } from "./to-network";

/** One network by our id or its chain id; anybody may look. @throws not_found chain.network_not_found */
export const getNetwork = defineQuery({
  verb: "chain.get-network",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: GetNetworkInput,
  output: Network,
  run: async (ctx, input): Promise<Network> => {
    const row = await requireNetwork(ctx.db, input.networkId);
    return toNetwork(row, await listEndpointRows(ctx.db, [row.id]));
  },
});

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

/** What accounts of the networks here begin with. */
export const listAccountPrefixes = async (db: Executor): Promise<readonly string[]> => [
  ...new Set((await listNetworkRows(db)).map((row) => row.bech32.account)),
];
