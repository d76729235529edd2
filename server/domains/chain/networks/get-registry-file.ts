import { defineQuery } from "@/server/kernel/verbs";
import { registryFileOf } from "./registry-file";
import { listEndpointRows } from "./repository";
import { requireNetwork } from "./require-network";
import { ChainRegistryFile, GetNetworkInput } from "./schemas";
import { toNetwork } from "./to-network";

/** A network's record as a file of the chain registry; anybody may look. @throws not_found chain.network_not_found */
export const getRegistryFile = defineQuery({
  verb: "chain.get-registry-file",
  scope: null,
  because: "public",
  tenancy: "platform",
  input: GetNetworkInput,
  output: ChainRegistryFile,
  run: async (ctx, input): Promise<ChainRegistryFile> => {
    const row = await requireNetwork(ctx.db, input.networkId);
    return registryFileOf(toNetwork(row, await listEndpointRows(ctx.db, [row.id])));
  },
});
