import { defineQuery } from "@/server/kernel/verbs";
import { listEndpointRows } from "./repository";
import { requireNetwork } from "./require-network";
import { GetNetworkInput, NetworkRecord } from "./schemas";
import { toEndpoint, toNetwork } from "./to-network";

/** A network with all that its record holds, paths on this machine and quarantined endpoints among it. @throws not_found chain.network_not_found */
export const getNetworkRecord = defineQuery({
  verb: "chain.get-network-record",
  scope: "platform:read",
  tenancy: "platform",
  input: GetNetworkInput,
  output: NetworkRecord,
  run: async (ctx, input): Promise<NetworkRecord> => {
    const row = await requireNetwork(ctx.db, input.networkId);
    const endpoints = await listEndpointRows(ctx.db, [row.id]);
    const { id, takesNodes, hasFaucet, ...fields } = toNetwork(row, endpoints);
    const urls = (kind: "rpc" | "rest") => endpoints.filter((one) => one.kind === kind).map(({ url }) => url);
    return {
      id,
      takesNodes,
      hasFaucet,
      endpoints: endpoints.map(toEndpoint),
      record: {
        ...fields,
        rpcUrls: urls("rpc"),
        restUrls: urls("rest"),
        grpcUrls: [...row.grpcUrls],
        genesisPath: row.genesisPath,
        releases: [...row.releases],
        consensusTimeouts: row.consensusTimeouts,
      },
    };
  },
});
