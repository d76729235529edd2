import { defineQuery } from "@/server/kernel/verbs";
import { listEndpointRows } from "./repository";
import { requireNetwork } from "./require-network";
import { GetNetworkInput, Network } from "./schemas";
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
