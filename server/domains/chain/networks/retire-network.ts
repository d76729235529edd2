import { z } from "zod";
import { move } from "@/server/kernel/machine";
import { defineCommand } from "@/server/kernel/verbs";
import { defaultNetworkKept } from "../errors";
import { NetworkRef } from "../schemas";
import { networkMachine } from "./machine";
import { requireNetwork } from "./require-network";

/**
 * Takes a network off the offer: nobody is followed on it and nothing new is made for it; its records stay, and it may be put on offer again.
 * @throws not_found chain.network_not_found, conflict chain.default_network_kept, invalid_state chain.invalid_network_transition
 */
export const retireNetwork = defineCommand({
  verb: "chain.retire-network",
  scope: "platform:write",
  tenancy: "platform",
  input: z.strictObject({ networkId: NetworkRef }),
  output: z.strictObject({ networkId: z.string() }),
  run: async (ctx, input) => {
    const network = await requireNetwork(ctx.tx, input.networkId);
    if (network.isDefault) throw defaultNetworkKept(network.chainId);
    await move(ctx, networkMachine, network, "retired");
    return { networkId: network.id };
  },
});
